<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{number} GB</source>
        <translation>{number} GB</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} kB</source>
        <translation>{number} kB</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>A cache of the kind {cache} needs flash attention, which is switched off.</source>
        <translation>Ein Zwischenspeicher der Art {cache} braucht Flash Attention, und das ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>A character of this key is wrong.</source>
        <translation>Ein Zeichen dieses Schlüssels ist falsch.</translation>
    </message>
    <message>
        <source>A chat longer than the context: refuse it, or leave out oldest messages.</source>
        <translation>Ein Chat, der länger als der Kontext ist: ablehnen oder älteste Nachrichten weglassen.</translation>
    </message>
    <message>
        <source>A chat on this computer stays there</source>
        <translation>Ein Chat auf diesem Computer bleibt dort</translation>
    </message>
    <message>
        <source>A check is evidence, not proof</source>
        <translation>Eine Prüfung ist ein Hinweis, kein Beweis</translation>
    </message>
    <message>
        <source>A computer of that owner does not serve what it says.</source>
        <translation>Ein Computer dieses Eigentümers liefert nicht, was er angibt.</translation>
    </message>
    <message>
        <source>A crash, or a model file made to do harm, ends that process. The window and your chats are not in it. Files are checked before they are loaded.</source>
        <translation>Ein Absturz oder eine Modelldatei, die Schaden anrichten soll, beendet diesen Prozess. Das Fenster und Ihre Chats sind nicht darin. Dateien werden geprüft, bevor sie geladen werden.</translation>
    </message>
    <message>
        <source>A member has at most {keys_per_day} keys a day.</source>
        <translation>Ein Mitglied hat höchstens {keys_per_day} Schlüssel am Tag.</translation>
    </message>
    <message>
        <source>A mesh cannot be called {name}.</source>
        <translation>Ein Mesh kann nicht {name} heißen.</translation>
    </message>
    <message>
        <source>A message or a function contains the name of a control token where the model&apos;s chat template changes it.</source>
        <translation>Eine Nachricht oder Funktion enthält den Namen eines Steuertokens, wo die Chat-Vorlage des Modells ihn verändert.</translation>
    </message>
    <message>
        <source>A model is identified by the SHA-256 of its file. Another one never answers in its place, and every answer says which path served it.</source>
        <translation>Ein Modell wird durch die SHA-256 seiner Datei bestimmt. Nie antwortet ein anderes an seiner Stelle, und jede Antwort sagt, welcher Weg sie gebracht hat.</translation>
    </message>
    <message>
        <source>A newer announcement of this peer is known.</source>
        <translation>Von diesem Peer ist eine neuere Ankündigung bekannt.</translation>
    </message>
    <message>
        <source>A newer connection with this key gets its packets.</source>
        <translation>Eine neuere Verbindung mit diesem Schlüssel bekommt die Pakete.</translation>
    </message>
    <message>
        <source>A peer already runs in this home folder.</source>
        <translation>In diesem Ordner läuft schon ein Peer.</translation>
    </message>
    <message>
        <source>A peer can only speak for itself.</source>
        <translation>Ein Peer kann nur für sich selbst sprechen.</translation>
    </message>
    <message>
        <source>A peer has begun to start in this home and does not answer.</source>
        <translation>Ein Peer hat in diesem Ordner zu starten begonnen und antwortet nicht.</translation>
    </message>
    <message>
        <source>A peer runs in this home folder; nothing was removed.</source>
        <translation>In diesem Ordner läuft ein Peer; nichts wurde entfernt.</translation>
    </message>
    <message>
        <source>A program fills the screen or keeps it on.</source>
        <translation>Ein Programm füllt den Bildschirm oder hält ihn eingeschaltet.</translation>
    </message>
    <message>
        <source>A program that you give the key can ask questions, read and change your chats and settings. Make a new key to shut it out.</source>
        <translation>Ein Programm, dem Sie den Schlüssel geben, kann Fragen stellen und Ihre Chats und Einstellungen lesen und ändern. Erzeugen Sie einen neuen Schlüssel, um es auszusperren.</translation>
    </message>
    <message>
        <source>A proxy of yours stands before the pages; X-Forwarded-For ends with who asks.</source>
        <translation>Vor den Seiten steht ein Proxy von Ihnen; X-Forwarded-For endet mit dem, der fragt.</translation>
    </message>
    <message>
        <source>A question goes straight to the peer that answers</source>
        <translation>Eine Frage geht direkt an den Peer, der antwortet</translation>
    </message>
    <message>
        <source>A second model was sent to a worker.</source>
        <translation>Ein zweites Modell wurde an einen Arbeitsprozess geschickt.</translation>
    </message>
    <message>
        <source>A setting is not used: {title}</source>
        <translation>Eine Einstellung wird nicht verwendet: {title}</translation>
    </message>
    <message>
        <source>A text has {len} tokens; the model reads {most} at once.</source>
        <translation>Ein Text hat {len} Token; das Modell liest {most} auf einmal.</translation>
    </message>
    <message>
        <source>A text is empty.</source>
        <translation>Ein Text ist leer.</translation>
    </message>
    <message>
        <source>A verifier can only speak for itself.</source>
        <translation>Ein Prüfer kann nur für sich selbst sprechen.</translation>
    </message>
    <message>
        <source>A way of computing that needs less memory; auto where a model can.</source>
        <translation>Eine Rechenart, die weniger Speicher braucht; auto, wo ein Modell sie kann.</translation>
    </message>
    <message>
        <source>All is well again.</source>
        <translation>Alles ist wieder gut.</translation>
    </message>
    <message>
        <source>An asking key is used for one day only.</source>
        <translation>Ein Frageschlüssel gilt nur für einen Tag.</translation>
    </message>
    <message>
        <source>An entry can only speak for itself.</source>
        <translation>Ein Zugangsknoten kann nur für sich selbst sprechen.</translation>
    </message>
    <message>
        <source>An entry cannot leave; end it instead.</source>
        <translation>Ein Zugangsknoten kann nicht austreten; beenden Sie ihn stattdessen.</translation>
    </message>
    <message>
        <source>An entry invites everybody: `closedmesh invite new`.</source>
        <translation>Ein Zugangsknoten lädt alle ein: `closedmesh invite new`.</translation>
    </message>
    <message>
        <source>An invite begins with {scheme}.</source>
        <translation>Eine Einladung beginnt mit {scheme}.</translation>
    </message>
    <message>
        <source>An invite for an entry is for one, and for a day at most: an entry admits members.</source>
        <translation>Eine Einladung für einen Zugangsknoten gilt für einen einzigen und höchstens einen Tag: ein Zugangsknoten nimmt Mitglieder auf.</translation>
    </message>
    <message>
        <source>An owner invites at most {max_computers} computers.</source>
        <translation>Ein Eigentümer lädt höchstens {max_computers} Computer ein.</translation>
    </message>
    <message>
        <source>An owner&apos;s invite holds for a day at most.</source>
        <translation>Die Einladung eines Eigentümers gilt höchstens einen Tag.</translation>
    </message>
    <message>
        <source>Another address for huggingface.co, like https://mirror.example; empty: none.</source>
        <translation>Eine andere Adresse für huggingface.co, etwa https://mirror.example; leer: keine.</translation>
    </message>
    <message>
        <source>Another program may use the port; choose another mesh.port.</source>
        <translation>Vielleicht verwendet ein anderes Programm den Port; wählen Sie einen anderen mesh.port.</translation>
    </message>
    <message>
        <source>Answer other members&apos; questions with this computer.</source>
        <translation>Fragen anderer Mitglieder mit diesem Computer beantworten.</translation>
    </message>
    <message>
        <source>Answers can be wrong, and a model can be made to mislead. The SHA-256 of a file tells that it is the file on record, not that its answers are good.</source>
        <translation>Antworten können falsch sein, und ein Modell kann so gemacht sein, dass es in die Irre führt. Die SHA-256 einer Datei sagt, dass es die bekannte Datei ist, nicht dass ihre Antworten gut sind.</translation>
    </message>
    <message>
        <source>Answers come more slowly than most people read.</source>
        <translation>Antworten kommen langsamer, als die meisten lesen.</translation>
    </message>
    <message>
        <source>Answers come slowly: a smaller model is faster here.</source>
        <translation>Antworten kommen langsam: ein kleineres Modell ist hier schneller.</translation>
    </message>
    <message>
        <source>As an entry, let anybody ask the mesh; the entry reads what they ask.</source>
        <translation>Als Zugangsknoten alle das Mesh fragen lassen; der Zugangsknoten liest, was sie fragen.</translation>
    </message>
    <message>
        <source>Ask again in a minute, or choose this computer as the place that answers.</source>
        <translation>Fragen Sie in einer Minute noch einmal oder wählen Sie diesen Computer als Ort, der antwortet.</translation>
    </message>
    <message>
        <source>Ask again in about {wait} s, or choose this computer.</source>
        <translation>Fragen Sie in etwa {wait} s noch einmal oder wählen Sie diesen Computer.</translation>
    </message>
    <message>
        <source>Ask again to load it once more.</source>
        <translation>Fragen Sie noch einmal, um es wieder zu laden.</translation>
    </message>
    <message>
        <source>Ask again, or choose the mesh or this computer as the place that answers.</source>
        <translation>Fragen Sie noch einmal oder wählen Sie das Mesh oder diesen Computer als Ort, der antwortet.</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>Fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Ask again: it starts anew.</source>
        <translation>Fragen Sie noch einmal: er startet neu.</translation>
    </message>
    <message>
        <source>Ask again; if it repeats, choose a smaller context or another model.</source>
        <translation>Fragen Sie noch einmal; wiederholt es sich, wählen Sie einen kleineren Kontext oder ein anderes Modell.</translation>
    </message>
    <message>
        <source>Ask for a new invite.</source>
        <translation>Bitten Sie um eine neue Einladung.</translation>
    </message>
    <message>
        <source>Ask for a new one.</source>
        <translation>Bitten Sie um eine neue.</translation>
    </message>
    <message>
        <source>Ask for a simpler form.</source>
        <translation>Verlangen Sie eine einfachere Form.</translation>
    </message>
    <message>
        <source>Ask in another way.</source>
        <translation>Fragen Sie auf andere Weise.</translation>
    </message>
    <message>
        <source>Ask the person who runs the mesh for a new invite, or leave the mesh.</source>
        <translation>Bitten Sie die Person, die das Mesh betreibt, um eine neue Einladung oder verlassen Sie das Mesh.</translation>
    </message>
    <message>
        <source>Ask the person who runs the mesh.</source>
        <translation>Fragen Sie die Person, die das Mesh betreibt.</translation>
    </message>
    <message>
        <source>Ask the person who sent it for a new one.</source>
        <translation>Bitten Sie die Person, die sie geschickt hat, um eine neue.</translation>
    </message>
    <message>
        <source>At most {max_per_client} questions of one asker at a time.</source>
        <translation>Höchstens {max_per_client} Fragen eines Fragenden gleichzeitig.</translation>
    </message>
    <message>
        <source>Attach an unlocked copy.</source>
        <translation>Hängen Sie eine Kopie ohne Passwort an.</translation>
    </message>
    <message>
        <source>Attach its text instead.</source>
        <translation>Hängen Sie stattdessen den Text an.</translation>
    </message>
    <message>
        <source>Attach the part of it that matters.</source>
        <translation>Hängen Sie den Teil an, auf den es ankommt.</translation>
    </message>
    <message>
        <source>Begin it anew.</source>
        <translation>Beginnen Sie neu.</translation>
    </message>
    <message>
        <source>Begin it with /.</source>
        <translation>Beginnen Sie ihn mit /.</translation>
    </message>
    <message>
        <source>Both are kept here as proof; ask the person who runs the mesh.</source>
        <translation>Beide sind hier als Beweis aufgehoben; fragen Sie die Person, die das Mesh betreibt.</translation>
    </message>
    <message>
        <source>CPU package ({source})</source>
        <translation>Prozessor ({source})</translation>
    </message>
    <message>
        <source>Charge that must be left to share on battery, percent.</source>
        <translation>Ladung, die für das Teilen im Akkubetrieb bleiben muss, in Prozent.</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Check the order of the roles; some models take no system prompt.</source>
        <translation>Prüfen Sie die Reihenfolge der Rollen; manche Modelle nehmen keinen System-Prompt.</translation>
    </message>
    <message>
        <source>Choose --expires 1d or less.</source>
        <translation>Wählen Sie --expires 1d oder weniger.</translation>
    </message>
    <message>
        <source>Choose a GGUF file.</source>
        <translation>Wählen Sie eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>Choose a disk with more room, or remove models first.</source>
        <translation>Wählen Sie eine Festplatte mit mehr Platz oder entfernen Sie zuerst Modelle.</translation>
    </message>
    <message>
        <source>Choose a file of text, Markdown, program code, or a PDF.</source>
        <translation>Wählen Sie eine Datei mit Text, Markdown, Programmcode oder ein PDF.</translation>
    </message>
    <message>
        <source>Choose a file that ends in .gguf.</source>
        <translation>Wählen Sie eine Datei, die auf .gguf endet.</translation>
    </message>
    <message>
        <source>Choose a home with a shorter path.</source>
        <translation>Wählen Sie einen Ordner mit kürzerem Pfad.</translation>
    </message>
    <message>
        <source>Choose a model for chats.</source>
        <translation>Wählen Sie ein Modell für Chats.</translation>
    </message>
    <message>
        <source>Choose a name of 1 to {max_name} letters.</source>
        <translation>Wählen Sie einen Namen mit 1 bis {max_name} Buchstaben.</translation>
    </message>
    <message>
        <source>Choose among the likeliest tokens of this total share.</source>
        <translation>Unter den wahrscheinlichsten Token mit zusammen diesem Anteil wählen.</translation>
    </message>
    <message>
        <source>Choose among this many likeliest tokens; 0 is all.</source>
        <translation>Unter so vielen der wahrscheinlichsten Token wählen; 0 sind alle.</translation>
    </message>
    <message>
        <source>Choose an embedding model.</source>
        <translation>Wählen Sie ein Modell für Vektoren.</translation>
    </message>
    <message>
        <source>Choose an empty folder.</source>
        <translation>Wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
        <source>Choose another draft model, or none.</source>
        <translation>Wählen Sie ein anderes Entwurfsmodell oder keines.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>Choose another folder with --home.</source>
        <translation>Wählen Sie mit --home einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another home folder with --home.</source>
        <translation>Wählen Sie mit --home einen anderen Ordner für das Programm.</translation>
    </message>
    <message>
        <source>Choose another model, or this computer as the place that answers.</source>
        <translation>Wählen Sie ein anderes Modell oder diesen Computer als Ort, der antwortet.</translation>
    </message>
    <message>
        <source>Choose another port in the setting api.port, and start again.</source>
        <translation>Wählen Sie in der Einstellung api.port einen anderen Port und starten Sie neu.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>Choose one that was exported here.</source>
        <translation>Wählen Sie eine, die hier exportiert wurde.</translation>
    </message>
    <message>
        <source>Choose this computer as the place that answers.</source>
        <translation>Wählen Sie diesen Computer als Ort, der antwortet.</translation>
    </message>
    <message>
        <source>Close other programs first: {gb} more must be free.</source>
        <translation>Schließen Sie zuerst andere Programme: {gb} mehr müssen frei sein.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or lower engine.context or engine.keep_free_mb.</source>
        <translation>Schließen Sie andere Programme, wählen Sie ein kleineres Modell oder senken Sie engine.context oder engine.keep_free_mb.</translation>
    </message>
    <message>
        <source>Close other programs, or lower engine.context or engine.slots.</source>
        <translation>Schließen Sie andere Programme oder senken Sie engine.context oder engine.slots.</translation>
    </message>
    <message>
        <source>Closing the window keeps the program in the tray, where there is one.</source>
        <translation>Beim Schließen des Fensters bleibt das Programm in der Leiste, wo es eine gibt.</translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation>Farben des Fensters.</translation>
    </message>
    <message>
        <source>Conversations answered at the same time, if memory allows.</source>
        <translation>Unterhaltungen, die gleichzeitig beantwortet werden, wenn der Speicher reicht.</translation>
    </message>
    <message>
        <source>Copy all of it; it begins with {prefix}.</source>
        <translation>Kopieren Sie ihn ganz; er beginnt mit {prefix}.</translation>
    </message>
    <message>
        <source>Copy the whole invite again, or ask for a new one.</source>
        <translation>Kopieren Sie die ganze Einladung noch einmal oder bitten Sie um eine neue.</translation>
    </message>
    <message>
        <source>Copy the whole key again.</source>
        <translation>Kopieren Sie den ganzen Schlüssel noch einmal.</translation>
    </message>
    <message>
        <source>Correct it in the settings file or on the Settings page.</source>
        <translation>Berichtigen Sie sie in der Einstellungsdatei oder auf der Seite „Einstellungen“.</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>Berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>Cut it into parts.</source>
        <translation>Zerlegen Sie ihn.</translation>
    </message>
    <message>
        <source>Delete that entry: the peer is given a new key, and joins its mesh anew.</source>
        <translation>Löschen Sie diesen Eintrag: der Peer bekommt einen neuen Schlüssel und tritt seinem Mesh neu bei.</translation>
    </message>
    <message>
        <source>Did you mean {near}? On this computer: {names}.</source>
        <translation>Meinten Sie {near}? Auf diesem Computer: {names}.</translation>
    </message>
    <message>
        <source>Do it there: `closedmesh revoke PEER`.</source>
        <translation>Tun Sie es dort: `closedmesh revoke PEER`.</translation>
    </message>
    <message>
        <source>Do not fall asleep while something of others is answered, unless on battery.</source>
        <translation>Nicht einschlafen, während etwas für andere beantwortet wird, außer im Akkubetrieb.</translation>
    </message>
    <message>
        <source>Do not use it; ask the person who runs the mesh for a new one.</source>
        <translation>Verwenden Sie sie nicht; bitten Sie die Person, die das Mesh betreibt, um eine neue.</translation>
    </message>
    <message>
        <source>Downloads take at most this many MB a second; 0 is no limit.</source>
        <translation>Downloads nehmen höchstens so viele MB je Sekunde; 0 ist ohne Grenze.</translation>
    </message>
    <message>
        <source>Each model runs in a process of its own</source>
        <translation>Jedes Modell läuft in einem eigenen Prozess</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Rechenwerk</translation>
    </message>
    <message>
        <source>Entry {peer}</source>
        <translation>Zugangsknoten {peer}</translation>
    </message>
    <message>
        <source>Entry: its verdicts count for leaving out peers, where two entries agree.</source>
        <translation>Zugangsknoten: seine Urteile zählen beim Auslassen von Peers, wo zwei Zugangsknoten übereinstimmen.</translation>
    </message>
    <message>
        <source>Every peer is a key. Connections are encrypted and both sides prove their keys; a key that no entry has admitted gets no service. An invite that is used up, out of date or withdrawn admits nobody.</source>
        <translation>Jeder Peer ist ein Schlüssel. Verbindungen sind verschlüsselt, und beide Seiten beweisen ihre Schlüssel; ein Schlüssel, den kein Zugangsknoten aufgenommen hat, wird nicht bedient. Eine verbrauchte, abgelaufene oder zurückgezogene Einladung lässt niemanden ein.</translation>
    </message>
    <message>
        <source>Every peer that shares {name} is busy or failed lately.</source>
        <translation>Jeder Peer, der {name} teilt, ist beschäftigt oder ist kürzlich gescheitert.</translation>
    </message>
    <message>
        <source>Every place is taken.</source>
        <translation>Alle Plätze sind besetzt.</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Ausweichen</translation>
    </message>
    <message>
        <source>Fetch from members of the mesh too; they see which model is fetched.</source>
        <translation>Auch von Mitgliedern des Mesh laden; sie sehen, welches Modell geladen wird.</translation>
    </message>
    <message>
        <source>Fetch it anew.</source>
        <translation>Laden Sie sie neu.</translation>
    </message>
    <message>
        <source>Figures of different origin stay apart</source>
        <translation>Zahlen verschiedener Herkunft bleiben getrennt</translation>
    </message>
    <message>
        <source>Find members in this local network; all in it see that this peer runs.</source>
        <translation>Mitglieder in diesem lokalen Netz finden; alle darin sehen, dass dieser Peer läuft.</translation>
    </message>
    <message>
        <source>Found one with --mesh NAME, or become another entry of one with --invite INVITE.</source>
        <translation>Gründen Sie eines mit --mesh NAME oder werden Sie mit --invite INVITE ein weiterer Zugangsknoten eines bestehenden.</translation>
    </message>
    <message>
        <source>Get a copy of it, or wait until {least} others share it.</source>
        <translation>Besorgen Sie eine Kopie, oder warten Sie, bis {least} andere es teilen.</translation>
    </message>
    <message>
        <source>Get all parts of the model once more.</source>
        <translation>Holen Sie alle Teile des Modells noch einmal.</translation>
    </message>
    <message>
        <source>Get it once more.</source>
        <translation>Holen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Get the new version where you got this one.</source>
        <translation>Holen Sie die neue Version dort, woher Sie diese haben.</translation>
    </message>
    <message>
        <source>Give a model&apos;s memory back after this time without use; 0 never.</source>
        <translation>Den Speicher eines Modells nach dieser Zeit ohne Verwendung zurückgeben; 0 nie.</translation>
    </message>
    <message>
        <source>Give one that begins with http:// or https:// (network.proxy_address).</source>
        <translation>Geben Sie einen an, der mit http:// oder https:// beginnt (network.proxy_address).</translation>
    </message>
    <message>
        <source>Give the parts the names they were published with, side by side.</source>
        <translation>Geben Sie den Teilen die Namen, unter denen sie veröffentlicht wurden, nebeneinander.</translation>
    </message>
    <message>
        <source>Guess ahead what a model will write, where that makes it faster.</source>
        <translation>Vorausraten, was ein Modell schreiben wird, wo es dadurch schneller wird.</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Ordner des Programms</translation>
    </message>
    <message>
        <source>How exactly conversations are kept in memory; auto is f16, or q8_0 to fit at all.</source>
        <translation>Wie genau Unterhaltungen im Speicher gehalten werden; auto ist f16, oder q8_0, wenn es sonst nicht passt.</translation>
    </message>
    <message>
        <source>How freely words are chosen; 0 always takes the likeliest.</source>
        <translation>Wie frei Wörter gewählt werden; 0 nimmt immer das wahrscheinlichste.</translation>
    </message>
    <message>
        <source>If this repeats, memory may be short: {figures}.</source>
        <translation>Wiederholt sich das, ist vielleicht der Speicher knapp: {figures}.</translation>
    </message>
    <message>
        <source>If you set a mirror or a proxy, look at them; else tell us.</source>
        <translation>Falls Sie einen Spiegelserver oder Proxy eingestellt haben, sehen Sie dort nach; sonst sagen Sie es uns.</translation>
    </message>
    <message>
        <source>Images are not fetched, local files are not opened, and a link shows its whole address before it is followed.</source>
        <translation>Bilder werden nicht geladen, lokale Dateien nicht geöffnet, und ein Link zeigt seine ganze Adresse, bevor ihm gefolgt wird.</translation>
    </message>
    <message>
        <source>In a mesh, blocks of a model also come from members who share it. They see which model is fetched, under the key of the day. The setting models.from_members turns it off; then the hub alone sees it.</source>
        <translation>In einem Mesh kommen Blöcke eines Modells auch von Mitgliedern, die es teilen. Sie sehen unter dem Schlüssel des Tages, welches Modell geladen wird. Die Einstellung models.from_members schaltet das ab; dann sieht es nur der Hub.</translation>
    </message>
    <message>
        <source>In a mesh: what is enforced</source>
        <translation>In einem Mesh: was durchgesetzt wird</translation>
    </message>
    <message>
        <source>Install ClosedMesh from its disk image, and use that copy.</source>
        <translation>Installieren Sie ClosedMesh aus seinem Abbild (.dmg) und verwenden Sie diese Kopie.</translation>
    </message>
    <message>
        <source>Install the program again if its file is gone.</source>
        <translation>Installieren Sie das Programm neu, falls die Datei fehlt.</translation>
    </message>
    <message>
        <source>It agrees to {completion_tokens} tokens.</source>
        <translation>Sie bestätigt {completion_tokens} Token.</translation>
    </message>
    <message>
        <source>It announces itself again by itself; if this stays, look at the clock and the network of this computer.</source>
        <translation>Er meldet sich von selbst wieder; bleibt es so, prüfen Sie Uhr und Netz dieses Computers.</translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation>Er antwortet nicht.</translation>
    </message>
    <message>
        <source>It does not hold: {error}.</source>
        <translation>Es hält nicht: {error}.</translation>
    </message>
    <message>
        <source>It failed: {error}.</source>
        <translation>Gescheitert: {error}.</translation>
    </message>
    <message>
        <source>It has to, to answer. It belongs to somebody else, who can keep what it reads. No hardware enclave keeps it from that. Never send secrets through a mesh.</source>
        <translation>Um zu antworten, muss er das. Er gehört jemand anderem, und der kann behalten, was er liest. Kein abgeschotteter Bereich der Hardware hindert ihn daran. Schicken Sie nie Geheimnisse durch ein Mesh.</translation>
    </message>
    <message>
        <source>It has {len} characters; at most {max_form} are taken.</source>
        <translation>Es hat {len} Zeichen; höchstens {max_form} werden angenommen.</translation>
    </message>
    <message>
        <source>It is answered by a model that runs there, and there is no way from such a chat to the network. Only a chat that you set to Mesh, or to Automatic, can leave it.</source>
        <translation>Ihn beantwortet ein Modell, das dort läuft, und von einem solchen Chat führt kein Weg ins Netz. Nur ein Chat, den Sie auf Mesh oder Automatisch stellen, kann ihn verlassen.</translation>
    </message>
    <message>
        <source>It is being opened.</source>
        <translation>Sie wird gerade geöffnet.</translation>
    </message>
    <message>
        <source>It is closed.</source>
        <translation>Sie ist geschlossen.</translation>
    </message>
    <message>
        <source>It is damaged or incomplete; get it once more.</source>
        <translation>Sie ist beschädigt oder unvollständig; holen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>It is no longer listed.</source>
        <translation>Er wird nicht mehr aufgeführt.</translation>
    </message>
    <message>
        <source>It is not connected here.</source>
        <translation>Er ist hier nicht verbunden.</translation>
    </message>
    <message>
        <source>It is not signed by this mesh.</source>
        <translation>Es ist nicht von diesem Mesh unterschrieben.</translation>
    </message>
    <message>
        <source>It is not tried again. The next version will be.</source>
        <translation>Sie wird nicht noch einmal versucht, wohl aber die nächste.</translation>
    </message>
    <message>
        <source>It is outside the hours you share.</source>
        <translation>Es ist außerhalb der Stunden, in denen Sie teilen.</translation>
    </message>
    <message>
        <source>It is signed for another mesh.</source>
        <translation>Es ist für ein anderes Mesh unterschrieben.</translation>
    </message>
    <message>
        <source>It is {path}; delete it there if you want.</source>
        <translation>Es ist {path}; löschen Sie es dort, wenn Sie möchten.</translation>
    </message>
    <message>
        <source>It listens on 127.0.0.1, wants the key with every call, and refuses calls that a web page sent, unless you allow that page in the settings.</source>
        <translation>Sie lauscht an 127.0.0.1, verlangt bei jedem Aufruf den Schlüssel und lehnt Aufrufe ab, die eine Webseite geschickt hat, außer Sie erlauben diese Seite in den Einstellungen.</translation>
    </message>
    <message>
        <source>It may have been deleted.</source>
        <translation>Vielleicht wurde er gelöscht.</translation>
    </message>
    <message>
        <source>It names another owner.</source>
        <translation>Sie nennt einen anderen Eigentümer.</translation>
    </message>
    <message>
        <source>It needs {gb}; this computer can give {gb_2}.</source>
        <translation>Es braucht {gb}; dieser Computer kann {gb_2} geben.</translation>
    </message>
    <message>
        <source>It refused: {code}.</source>
        <translation>Abgelehnt: {code}.</translation>
    </message>
    <message>
        <source>It repeats a part {group} times; at most {max_repetition} is taken.</source>
        <translation>Es wiederholt einen Teil {group}-mal; höchstens {max_repetition} wird angenommen.</translation>
    </message>
    <message>
        <source>It takes nearly all memory that is free now.</source>
        <translation>Es braucht fast allen Arbeitsspeicher, der jetzt frei ist.</translation>
    </message>
    <message>
        <source>It was changed in the meantime. Start the download anew.</source>
        <translation>Die Datei wurde inzwischen geändert. Beginnen Sie den Download neu.</translation>
    </message>
    <message>
        <source>It was deleted. The hub may be at fault, or a filter in your network.</source>
        <translation>Sie wurde gelöscht. Es kann am Hub liegen oder an einem Filter in Ihrem Netz.</translation>
    </message>
    <message>
        <source>Its OpenAI-compatible address, like &quot;https://api.example.com/v1&quot;.</source>
        <translation>Ihre OpenAI-kompatible Adresse, etwa &quot;https://api.example.com/v1&quot;.</translation>
    </message>
    <message>
        <source>Its last word is missing; it had acknowledged {tokens} tokens.</source>
        <translation>Sein letztes Wort fehlt; bestätigt hatte er {tokens} Token.</translation>
    </message>
    <message>
        <source>Its last words: {last_words}.</source>
        <translation>Seine letzten Worte: {last_words}.</translation>
    </message>
    <message>
        <source>Its owner may ask people to agree to terms: do so on its page there, then give your token (`closedmesh models token`, or the Models page).</source>
        <translation>Der Besitzer verlangt vielleicht die Zustimmung zu Bedingungen: stimmen Sie auf der Seite dort zu und geben Sie dann Ihr Token an (`closedmesh models token` oder die Seite „Modelle“).</translation>
    </message>
    <message>
        <source>Its signer is no entry of this mesh.</source>
        <translation>Wer es unterschrieben hat, ist kein Zugangsknoten dieses Mesh.</translation>
    </message>
    <message>
        <source>Join one with an invite, or ask this computer.</source>
        <translation>Treten Sie mit einer Einladung einem bei oder fragen Sie diesen Computer.</translation>
    </message>
    <message>
        <source>Join one with an invite.</source>
        <translation>Treten Sie mit einer Einladung einem bei.</translation>
    </message>
    <message>
        <source>Keep those on disk while a model is not in memory, readable by you alone.</source>
        <translation>Diese auf der Festplatte behalten, während ein Modell nicht im Speicher ist; nur Sie können sie lesen.</translation>
    </message>
    <message>
        <source>Keys are certified for today and six days ahead.</source>
        <translation>Schlüssel werden für heute und sechs Tage im Voraus beglaubigt.</translation>
    </message>
    <message>
        <source>Keys are kept in the system&apos;s keychain</source>
        <translation>Schlüssel liegen im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Language of the window, at once; commands stay English.</source>
        <translation>Sprache des Fensters, sofort; Befehle bleiben englisch.</translation>
    </message>
    <message>
        <source>Layers that a graphics card computes; -1 is all that fit.</source>
        <translation>Schichten, die eine Grafikkarte rechnet; -1 sind alle, die passen.</translation>
    </message>
    <message>
        <source>Leave --uses out, and choose --expires 1d or less.</source>
        <translation>Lassen Sie --uses weg und wählen Sie --expires 1d oder weniger.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>Lassen Sie ihn weg.</translation>
    </message>
    <message>
        <source>Leave out tokens less likely than this share of the best.</source>
        <translation>Token weglassen, die unwahrscheinlicher sind als dieser Anteil des besten.</translation>
    </message>
    <message>
        <source>Leave out words like &lt;|im_end|&gt;.</source>
        <translation>Lassen Sie Wörter wie &lt;|im_end|&gt; weg.</translation>
    </message>
    <message>
        <source>Leave that one first: `closedmesh leave`.</source>
        <translation>Verlassen Sie zuerst dieses: `closedmesh leave`.</translation>
    </message>
    <message>
        <source>Less than {gb} are free on the disk.</source>
        <translation>Weniger als {gb} sind auf der Festplatte frei.</translation>
    </message>
    <message>
        <source>Less than {gb} of memory are free.</source>
        <translation>Weniger als {gb} Arbeitsspeicher sind frei.</translation>
    </message>
    <message>
        <source>Let a company answer where the mesh cannot; it reads what you ask.</source>
        <translation>Eine Firma antworten lassen, wo das Mesh es nicht kann; sie liest, was Sie fragen.</translation>
    </message>
    <message>
        <source>Let a program recognise its text first.</source>
        <translation>Lassen Sie den Text erst von einem Programm erkennen.</translation>
    </message>
    <message>
        <source>Let other programs go first when the processor is busy.</source>
        <translation>Anderen Programmen den Vortritt lassen, wenn der Prozessor beschäftigt ist.</translation>
    </message>
    <message>
        <source>Listens at {ways}.</source>
        <translation>Lauscht an {ways}.</translation>
    </message>
    <message>
        <source>Loading {title}</source>
        <translation>{title} wird geladen</translation>
    </message>
    <message>
        <source>Local API</source>
        <translation>Lokale API</translation>
    </message>
    <message>
        <source>Logs hold no words of yours</source>
        <translation>Protokolle enthalten keine Ihrer Worte</translation>
    </message>
    <message>
        <source>Longest answer of a new chat, in tokens; 0 is as long as it fits.</source>
        <translation>Längste Antwort eines neuen Chats in Token; 0 ist so lang, wie Platz ist.</translation>
    </message>
    <message>
        <source>Longest answer to the public, in tokens.</source>
        <translation>Längste Antwort an die Öffentlichkeit, in Token.</translation>
    </message>
    <message>
        <source>Look at System Settings &gt; General &gt; Login Items, or start `closedmesh serve` yourself.</source>
        <translation>Sehen Sie unter Systemeinstellungen &gt; Allgemein &gt; Anmeldeobjekte nach oder starten Sie `closedmesh serve` selbst.</translation>
    </message>
    <message>
        <source>Look at `systemctl --user status`; without systemd start `closedmesh serve` yourself.</source>
        <translation>Sehen Sie sich `systemctl --user status` an; ohne systemd starten Sie `closedmesh serve` selbst.</translation>
    </message>
    <message>
        <source>Look at its address and its name of the model in the settings, page Fallback.</source>
        <translation>Prüfen Sie in den Einstellungen auf der Seite „Ausweichen“ die Adresse und den Namen des Modells.</translation>
    </message>
    <message>
        <source>Look at its rights and its disk.</source>
        <translation>Prüfen Sie die Rechte und die Festplatte.</translation>
    </message>
    <message>
        <source>Look at its rights, and try again.</source>
        <translation>Prüfen Sie die Rechte und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Look at its rights.</source>
        <translation>Prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>Look at the Task Scheduler, or start `closedmesh serve` yourself.</source>
        <translation>Sehen Sie in der Aufgabenplanung nach oder starten Sie `closedmesh serve` selbst.</translation>
    </message>
    <message>
        <source>Look at the disk it lies on.</source>
        <translation>Prüfen Sie die Festplatte, auf der sie liegt.</translation>
    </message>
    <message>
        <source>Look at the file and the disk.</source>
        <translation>Prüfen Sie die Datei und die Festplatte.</translation>
    </message>
    <message>
        <source>Look at the health list, and try again in a minute.</source>
        <translation>Sehen Sie in die Meldungen oben und versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Look at the network and its proxy, then try again.</source>
        <translation>Prüfen Sie das Netz und den Proxy, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Look at the network and its proxy; it is tried again tomorrow.</source>
        <translation>Prüfen Sie das Netz und seinen Proxy; morgen wird es erneut versucht.</translation>
    </message>
    <message>
        <source>Look at the rights of its folder.</source>
        <translation>Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>Look at the rights of {folder}.</source>
        <translation>Prüfen Sie die Rechte von {folder}.</translation>
    </message>
    <message>
        <source>Look at the spelling.</source>
        <translation>Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>Look at this computer&apos;s date, and whether a filter in your network opens encrypted connections. Nothing was fetched.</source>
        <translation>Prüfen Sie das Datum dieses Computers und ob ein Filter in Ihrem Netz verschlüsselte Verbindungen öffnet. Nichts wurde geladen.</translation>
    </message>
    <message>
        <source>Look at this computer&apos;s date. If it is right, somebody may be keeping newer lists from you, or nobody looks after them any more. Nothing was changed.</source>
        <translation>Prüfen Sie das Datum dieses Computers. Stimmt es, hält Ihnen womöglich jemand neuere Listen vor, oder niemand pflegt sie mehr. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Look at {path} and the space left on its disk.</source>
        <translation>Sehen Sie nach {path} und nach dem Platz auf der Festplatte.</translation>
    </message>
    <message>
        <source>Look for a new version once a day: never, to tell you, or to have it ready for the next start.</source>
        <translation>Einmal am Tag nach einer neuen Version sehen: nie (off), um es Ihnen zu sagen (tell), oder um sie für den nächsten Start bereitzuhalten (fetch).</translation>
    </message>
    <message>
        <source>Look for one first.</source>
        <translation>Suchen Sie zuerst danach.</translation>
    </message>
    <message>
        <source>Look whether the disk is full or read-only.</source>
        <translation>Prüfen Sie, ob die Festplatte voll oder schreibgeschützt ist.</translation>
    </message>
    <message>
        <source>Look whether this computer is online, and try again in a minute.</source>
        <translation>Prüfen Sie, ob dieser Computer online ist, und versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Look whether this computer is online; it tries again by itself.</source>
        <translation>Prüfen Sie, ob dieser Computer online ist; er versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>Make one for an entry: `closedmesh invite new --scope entry`.</source>
        <translation>Erstellen Sie eine für einen Zugangsknoten: `closedmesh invite new --scope entry`.</translation>
    </message>
    <message>
        <source>Make room (a little stays free for other programs), or choose another models.folder. What was fetched is kept.</source>
        <translation>Schaffen Sie Platz (ein wenig bleibt für andere Programme frei) oder wählen Sie einen anderen models.folder. Was geladen wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Make room on the disk and try again. What runs is not touched.</source>
        <translation>Schaffen Sie Platz auf der Platte und versuchen Sie es erneut. Was läuft, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Make room on the disk of the model folder, or choose another folder. What was fetched is kept.</source>
        <translation>Schaffen Sie Platz auf der Festplatte des Modellordners oder wählen Sie einen anderen Ordner. Was geladen wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation>Schaffen Sie Platz auf der Festplatte.</translation>
    </message>
    <message>
        <source>Make room, or choose another models.folder.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen models.folder.</translation>
    </message>
    <message>
        <source>Make the invite there.</source>
        <translation>Erstellen Sie die Einladung dort.</translation>
    </message>
    <message>
        <source>Many want to join just now.</source>
        <translation>Gerade möchten viele beitreten.</translation>
    </message>
    <message>
        <source>Measure how fast models are, with short runs while nobody needs them.</source>
        <translation>Messen, wie schnell Modelle sind: kurze Läufe, während niemand sie braucht.</translation>
    </message>
    <message>
        <source>Measure it when nothing else is asked of it.</source>
        <translation>Messen Sie es, wenn es nichts anderes zu tun hat.</translation>
    </message>
    <message>
        <source>Members see which model you fetch from them</source>
        <translation>Mitglieder sehen, welches Modell Sie von ihnen laden</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Memory for conversations that are not being answered now, MiB.</source>
        <translation>Speicher für Unterhaltungen, die gerade nicht beantwortet werden, MiB.</translation>
    </message>
    <message>
        <source>Memory that loading a model must leave to other programs, MiB.</source>
        <translation>Speicher, den das Laden eines Modells anderen Programmen lassen muss, MiB.</translation>
    </message>
    <message>
        <source>Menus that fade and slide, a cursor that blinks.</source>
        <translation>Menüs, die sich ein- und ausblenden, eine Schreibmarke, die blinkt.</translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation>Mesh</translation>
    </message>
    <message>
        <source>Minutes without keyboard and mouse before sharing begins; 0 is at once.</source>
        <translation>Minuten ohne Tastatur und Maus, bevor das Teilen beginnt; 0 ist sofort.</translation>
    </message>
    <message>
        <source>Model file {name}</source>
        <translation>Modelldatei {name}</translation>
    </message>
    <message>
        <source>Model files go to members at this rate at most, MB a second; 0 is never.</source>
        <translation>Modelldateien gehen höchstens mit diesem Tempo an Mitglieder, MB je Sekunde; 0 ist nie.</translation>
    </message>
    <message>
        <source>Model files together may have this many GB; 0 is no limit.</source>
        <translation>So viele GB dürfen Modelldateien zusammen haben; 0 ist ohne Grenze.</translation>
    </message>
    <message>
        <source>Model that answers by default</source>
        <translation>Modell, das normalerweise antwortet</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models may have {cap} GB together (models.cap_gb); with this one they would have {held} GB.</source>
        <translation>Modelle dürfen zusammen {cap} GB haben (models.cap_gb); mit diesem wären es {held} GB.</translation>
    </message>
    <message>
        <source>Models that others may use, by name; empty is all of them.</source>
        <translation>Modelle, die andere verwenden dürfen, mit Namen; leer sind alle.</translation>
    </message>
    <message>
        <source>More than {max_template} are refused; use another copy of the model.</source>
        <translation>Mehr als {max_template} werden abgelehnt; verwenden Sie eine andere Kopie des Modells.</translation>
    </message>
    <message>
        <source>Most that is sent to others in a month, GB; 0 is no limit.</source>
        <translation>Was im Monat höchstens an andere gesendet wird, GB; 0 ist ohne Grenze.</translation>
    </message>
    <message>
        <source>Name one by its SHA-256: {sorted}.</source>
        <translation>Nennen Sie eines mit seiner SHA-256: {sorted}.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>No answer within {limit} s.</source>
        <translation>Keine Antwort innerhalb von {limit} s.</translation>
    </message>
    <message>
        <source>No computer of this owner is a member here.</source>
        <translation>Kein Computer dieses Eigentümers ist hier Mitglied.</translation>
    </message>
    <message>
        <source>No data for {stall} s</source>
        <translation>Seit {stall} s keine Daten</translation>
    </message>
    <message>
        <source>No entry of the mesh has a relay, so this computer&apos;s address cannot be hidden.</source>
        <translation>Kein Zugangsknoten des Mesh hat ein Relay, darum lässt sich die Adresse dieses Computers nicht verbergen.</translation>
    </message>
    <message>
        <source>No entry of {mesh_name} answers ({problem}).</source>
        <translation>Kein Zugangsknoten von {mesh_name} antwortet ({problem}).</translation>
    </message>
    <message>
        <source>No entry of {name} answers; the peers that are known are still asked.</source>
        <translation>Kein Zugangsknoten von {name} antwortet; die bekannten Peers werden weiter gefragt.</translation>
    </message>
    <message>
        <source>No model is on this computer; `closedmesh models import FILE` takes one in.</source>
        <translation>Auf diesem Computer ist kein Modell; `closedmesh models import FILE` nimmt eines auf.</translation>
    </message>
    <message>
        <source>No model on this computer may be shared yet.</source>
        <translation>Noch darf kein Modell auf diesem Computer geteilt werden.</translation>
    </message>
    <message>
        <source>No newer version was found.</source>
        <translation>Es wurde keine neuere Version gefunden.</translation>
    </message>
    <message>
        <source>No owner has written this invite.</source>
        <translation>Diese Einladung hat kein Eigentümer geschrieben.</translation>
    </message>
    <message>
        <source>No peer of the mesh shares a model {ref}.</source>
        <translation>Kein Peer des Mesh teilt ein Modell {ref}.</translation>
    </message>
    <message>
        <source>No peer of the mesh shares {name} now.</source>
        <translation>Kein Peer des Mesh teilt {name} gerade.</translation>
    </message>
    <message>
        <source>No peer runs in this home folder.</source>
        <translation>In diesem Ordner läuft kein Peer.</translation>
    </message>
    <message>
        <source>No peer that shares {name} has room for so long a conversation.</source>
        <translation>Kein Peer, der {name} teilt, hat Platz für eine so lange Unterhaltung.</translation>
    </message>
    <message>
        <source>No peer {peer} shares such a model now.</source>
        <translation>Kein Peer {peer} teilt gerade ein solches Modell.</translation>
    </message>
    <message>
        <source>No socket could be opened at {addresses}: {words}.</source>
        <translation>An {addresses} ließ sich kein Socket öffnen: {words}.</translation>
    </message>
    <message>
        <source>No such answer is kept here.</source>
        <translation>Eine solche Antwort ist hier nicht aufgehoben.</translation>
    </message>
    <message>
        <source>Nobody promises that a mesh is there</source>
        <translation>Niemand verspricht, dass ein Mesh da ist</translation>
    </message>
    <message>
        <source>Nobody vouches for this file: it is not in the catalogue, and neither a download nor an import brought it.</source>
        <translation>Niemand bürgt für diese Datei: sie steht nicht im Katalog, und weder ein Download noch ein Import hat sie gebracht.</translation>
    </message>
    <message>
        <source>Nothing is fetched from {place}: {why}.</source>
        <translation>Von {place} wird nichts geladen: {why}.</translation>
    </message>
    <message>
        <source>Nothing is lost; look at the folder&apos;s rights and its disk, and try again.</source>
        <translation>Nichts ist verloren; prüfen Sie Rechte und Festplatte des Ordners und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing of it is believed; it is asked again by itself.</source>
        <translation>Nichts davon wird geglaubt; es wird von selbst noch einmal gefragt.</translation>
    </message>
    <message>
        <source>Nothing to do; with a keychain (GNOME Keyring, KWallet) it would lie there.</source>
        <translation>Nichts zu tun; mit einem Schlüsselbund (GNOME Keyring, KWallet) läge er dort.</translation>
    </message>
    <message>
        <source>Nothing was changed. Try from another network; if that is no different, tell us.</source>
        <translation>Nichts wurde geändert. Versuchen Sie es aus einem anderen Netz; ist es dort nicht anders, sagen Sie es uns.</translation>
    </message>
    <message>
        <source>Nothing was fetched. `closedmesh models search {repo}` shows what it has.</source>
        <translation>Nichts wurde geladen. `closedmesh models search {repo}` zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>Number {number} of this peer to this asker; {count} beside it agree.</source>
        <translation>Nummer {number} dieses Peers an diesen Fragenden; {count} daneben stimmen überein.</translation>
    </message>
    <message>
        <source>Number {number}: {fault}.</source>
        <translation>Nummer {number}: {fault}.</translation>
    </message>
    <message>
        <source>On this computer, or by others in the mesh, who can read them.</source>
        <translation>Auf diesem Computer, oder von anderen im Mesh, die sie lesen können.</translation>
    </message>
    <message>
        <source>On this computer: {names}.</source>
        <translation>Auf diesem Computer: {names}.</translation>
    </message>
    <message>
        <source>On your computer: what is enforced</source>
        <translation>Auf Ihrem Computer: was durchgesetzt wird</translation>
    </message>
    <message>
        <source>Only a question can be asked again.</source>
        <translation>Nur eine Frage kann noch einmal gestellt werden.</translation>
    </message>
    <message>
        <source>Only an entry of a mesh checks peers.</source>
        <translation>Nur ein Zugangsknoten eines Mesh prüft Peers.</translation>
    </message>
    <message>
        <source>Only an entry of a mesh makes invites and ends memberships.</source>
        <translation>Nur ein Zugangsknoten eines Mesh erstellt Einladungen und beendet Mitgliedschaften.</translation>
    </message>
    <message>
        <source>Only members are answered</source>
        <translation>Nur Mitgliedern wird geantwortet</translation>
    </message>
    <message>
        <source>Only the entry that founded the mesh admits entries.</source>
        <translation>Nur der Zugangsknoten, der das Mesh gegründet hat, nimmt Zugangsknoten auf.</translation>
    </message>
    <message>
        <source>Only the entry that founded the mesh admits other entries.</source>
        <translation>Nur der Zugangsknoten, der das Mesh gegründet hat, nimmt weitere Zugangsknoten auf.</translation>
    </message>
    <message>
        <source>Only the entry that founded the mesh ends that of another entry.</source>
        <translation>Nur der Zugangsknoten, der das Mesh gegründet hat, beendet die eines anderen Zugangsknotens.</translation>
    </message>
    <message>
        <source>Only the first {len} characters of it are read.</source>
        <translation>Nur die ersten {len} Zeichen davon werden gelesen.</translation>
    </message>
    <message>
        <source>Only the first {max_pages} of its {pages} pages are read.</source>
        <translation>Nur die ersten {max_pages} von {pages} Seiten werden gelesen.</translation>
    </message>
    <message>
        <source>Only the mesh itself makes entries.</source>
        <translation>Nur das Mesh selbst macht Zugangsknoten.</translation>
    </message>
    <message>
        <source>Only the settler of a mesh moves accounts.</source>
        <translation>Nur der Abrechner eines Mesh verlegt Konten.</translation>
    </message>
    <message>
        <source>Open the chat again.</source>
        <translation>Öffnen Sie den Chat noch einmal.</translation>
    </message>
    <message>
        <source>Other programs of your account</source>
        <translation>Andere Programme Ihres Kontos</translation>
    </message>
    <message>
        <source>Others are given files already.</source>
        <translation>Andere bekommen schon Dateien.</translation>
    </message>
    <message>
        <source>Peer {peer} has signed it.</source>
        <translation>Peer {peer} hat es unterschrieben.</translation>
    </message>
    <message>
        <source>Peer {short} is not a member.</source>
        <translation>Peer {short} ist kein Mitglied.</translation>
    </message>
    <message>
        <source>Peer {short} loads {name}</source>
        <translation>Peer {short} lädt {name}</translation>
    </message>
    <message>
        <source>Peers are checked, and the result is shown</source>
        <translation>Peers werden geprüft, und das Ergebnis wird gezeigt</translation>
    </message>
    <message>
        <source>Peers are people&apos;s own computers, which are switched off. An answer that breaks off is continued elsewhere if somebody else shares the same model. There is no service level.</source>
        <translation>Peers sind die eigenen Computer von Menschen, und die werden ausgeschaltet. Eine Antwort, die abbricht, wird anderswo fortgesetzt, wenn jemand anderes dasselbe Modell teilt. Es gibt keine zugesicherte Verfügbarkeit.</translation>
    </message>
    <message>
        <source>Peers that were tried: {len}. The last one failed: {problem}</source>
        <translation>Versuchte Peers: {len}. Der letzte scheiterte: {problem}</translation>
    </message>
    <message>
        <source>Place in the chain</source>
        <translation>Platz in der Kette</translation>
    </message>
    <message>
        <source>Preferred port; the next free one is taken if it is in use.</source>
        <translation>Bevorzugter Port; ist er belegt, wird der nächste freie genommen.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Processor threads a model uses; 0 is all cores but one.</source>
        <translation>Prozessor-Threads, die ein Modell verwendet; 0 sind alle Kerne bis auf einen.</translation>
    </message>
    <message>
        <source>Prompt and answer do not fit into the model&apos;s context at that peer.</source>
        <translation>Prompt und Antwort passen bei diesem Peer nicht in den Kontext des Modells.</translation>
    </message>
    <message>
        <source>Prompt and continuation have {len} tokens; the context holds {context}.</source>
        <translation>Prompt und Fortsetzung haben {len} Token; der Kontext fasst {context}.</translation>
    </message>
    <message>
        <source>Public API</source>
        <translation>Öffentliche API</translation>
    </message>
    <message>
        <source>Put back a copy of it; without one, move it away, and members will be told that the mesh has begun a second history.</source>
        <translation>Legen Sie eine Kopie davon zurück; gibt es keine, räumen Sie es weg, und die Mitglieder erfahren, dass das Mesh eine zweite Geschichte begonnen hat.</translation>
    </message>
    <message>
        <source>Put before every new chat.</source>
        <translation>Steht vor jedem neuen Chat.</translation>
    </message>
    <message>
        <source>Put it right (chmod 600), or delete it: a new API key is made then.</source>
        <translation>Bringen Sie sie in Ordnung (chmod 600) oder löschen Sie sie: dann wird ein neuer API-Schlüssel erzeugt.</translation>
    </message>
    <message>
        <source>Questions are asked under a key that is new each day, so that the peers that answer cannot connect your days by it. They still see a network address.</source>
        <translation>Gefragt wird unter einem Schlüssel, der jeden Tag neu ist, damit die antwortenden Peers Ihre Tage nicht verbinden können. Eine Netzadresse sehen sie trotzdem.</translation>
    </message>
    <message>
        <source>Questions of others answered at the same time; 0 is as many as fit.</source>
        <translation>Fragen anderer, die gleichzeitig beantwortet werden; 0 sind so viele, wie passen.</translation>
    </message>
    <message>
        <source>Questions of the public that are answered at the same time.</source>
        <translation>Fragen der Öffentlichkeit, die gleichzeitig beantwortet werden.</translation>
    </message>
    <message>
        <source>Questions that all addresses together may ask in a minute.</source>
        <translation>Fragen, die alle Adressen zusammen in einer Minute stellen dürfen.</translation>
    </message>
    <message>
        <source>Questions that one address may ask in a minute.</source>
        <translation>Fragen, die eine Adresse in einer Minute stellen darf.</translation>
    </message>
    <message>
        <source>Questions, answers and keys are never written to the log files. There is no telemetry.</source>
        <translation>Fragen, Antworten und Schlüssel werden nie in die Protokolldateien geschrieben. Es gibt keine Telemetrie.</translation>
    </message>
    <message>
        <source>Quit every ClosedMesh on this computer and start it again: versions may differ.</source>
        <translation>Beenden Sie jedes ClosedMesh auf diesem Computer und starten Sie es neu: vielleicht sind die Versionen verschieden.</translation>
    </message>
    <message>
        <source>Quit it, and try again.</source>
        <translation>Beenden Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Remove one that you do not use, or raise the cap.</source>
        <translation>Entfernen Sie eines, das Sie nicht verwenden, oder erhöhen Sie die Grenze.</translation>
    </message>
    <message>
        <source>Requests that may wait for a place before new ones are refused.</source>
        <translation>Anfragen, die auf einen Platz warten dürfen, bevor neue abgelehnt werden.</translation>
    </message>
    <message>
        <source>Restore it, or found a new mesh in another home folder with --home.</source>
        <translation>Stellen Sie ihn wieder her oder gründen Sie mit --home in einem anderen Ordner ein neues Mesh.</translation>
    </message>
    <message>
        <source>Restore it: what was earned belongs to that key.</source>
        <translation>Stellen Sie ihn wieder her: was verdient wurde, gehört zu diesem Schlüssel.</translation>
    </message>
    <message>
        <source>Save it anew from another program, or attach its text.</source>
        <translation>Speichern Sie es aus einem anderen Programm neu, oder hängen Sie den Text an.</translation>
    </message>
    <message>
        <source>Say Hello first.</source>
        <translation>Sagen Sie zuerst Hello.</translation>
    </message>
    <message>
        <source>Score a shorter text.</source>
        <translation>Bewerten Sie einen kürzeren Text.</translation>
    </message>
    <message>
        <source>Score what follows something.</source>
        <translation>Bewerten Sie, was auf etwas folgt.</translation>
    </message>
    <message>
        <source>Seconds that the mesh has for a first token before it is asked.</source>
        <translation>Sekunden, die das Mesh für ein erstes Token hat, bevor sie gefragt wird.</translation>
    </message>
    <message>
        <source>Set another one: `closedmesh fallback key`.</source>
        <translation>Setzen Sie einen anderen: `closedmesh fallback key`.</translation>
    </message>
    <message>
        <source>Set engine.flash_attention to auto, or engine.cache_type to f16.</source>
        <translation>Setzen Sie engine.flash_attention auf auto oder engine.cache_type auf f16.</translation>
    </message>
    <message>
        <source>Share on battery too, above the next setting.</source>
        <translation>Auch im Akkubetrieb teilen, über der nächsten Einstellung.</translation>
    </message>
    <message>
        <source>Share on networks that cost by the byte.</source>
        <translation>In Netzen teilen, die nach Menge kosten.</translation>
    </message>
    <message>
        <source>Share while a program fills the screen or keeps it on.</source>
        <translation>Teilen, während ein Programm den Bildschirm füllt oder eingeschaltet hält.</translation>
    </message>
    <message>
        <source>Share while the microphone or the camera is in use.</source>
        <translation>Teilen, während Mikrofon oder Kamera benutzt werden.</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Sharing has stopped.</source>
        <translation>Das Teilen hat aufgehört.</translation>
    </message>
    <message>
        <source>Shorten it, or let the oldest messages be left out.</source>
        <translation>Kürzen Sie sie oder lassen Sie die ältesten Nachrichten weglassen.</translation>
    </message>
    <message>
        <source>Shorten the conversation, or let the oldest messages be left out.</source>
        <translation>Kürzen Sie die Unterhaltung oder lassen Sie die ältesten Nachrichten weglassen.</translation>
    </message>
    <message>
        <source>Shorten the prompt, raise engine.context, or leave out the oldest messages.</source>
        <translation>Kürzen Sie den Prompt, erhöhen Sie engine.context oder lassen Sie die ältesten Nachrichten weg.</translation>
    </message>
    <message>
        <source>Sign of that price.</source>
        <translation>Zeichen dieses Preises.</translation>
    </message>
    <message>
        <source>Signature of the asker</source>
        <translation>Unterschrift des Fragenden</translation>
    </message>
    <message>
        <source>Signature of the peer</source>
        <translation>Unterschrift des Peers</translation>
    </message>
    <message>
        <source>Sixteen bits in place of eight, and changes to a model that are as small. A peer that passes your question on to an honest one, which then reads it too. A cheat on one answer in ten takes about 40 checks, on one in twenty about 100. And checks can be told from real chats: given one of each, a classifier that saw nothing but the first question was right 74 times in 100, where 50 is guessing; one that asks the model how likely each question is does better. Who is checked also sees from which address, and that more positions of the answer must be shown than people ask for. Whoever cheats on chats only still has to show, for some of them, numbers from which the answer follows; these can be the numbers of the cheaper model.</source>
        <translation>Sechzehn Bit statt acht und ebenso kleine Änderungen an einem Modell. Einen Peer, der Ihre Frage an einen ehrlichen weiterreicht, der sie dann auch liest. Betrug bei einer von zehn Antworten braucht etwa 40 Prüfungen, bei einer von zwanzig etwa 100. Und Prüfungen lassen sich von echten Chats unterscheiden: Vor je einer von beiden lag ein Klassifikator, der nichts als die erste Frage sah, in 74 von 100 Fällen richtig, wo 50 Raten wäre; einer, der das Modell fragt, wie wahrscheinlich jede Frage ist, schafft mehr. Wer geprüft wird, sieht auch, von welcher Adresse, und dass mehr Stellen der Antwort gezeigt werden müssen, als Menschen verlangen. Wer nur bei Chats betrügt, muss trotzdem für manche davon Zahlen zeigen, aus denen die Antwort folgt; das können die Zahlen des billigeren Modells sein.</translation>
    </message>
    <message>
        <source>Size of the text, in percent of the system&apos;s.</source>
        <translation>Größe des Textes, in Prozent der Größe im System.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation>Im Programm ist ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>Start another one.</source>
        <translation>Starten Sie einen weiteren.</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Starten Sie es neu.</translation>
    </message>
    <message>
        <source>Start it with --mesh {name}, or choose another home folder with --home.</source>
        <translation>Starten Sie ihn mit --mesh {name} oder wählen Sie mit --home einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Start one: `closedmesh`, or `closedmesh serve`.</source>
        <translation>Starten Sie einen: `closedmesh` oder `closedmesh serve`.</translation>
    </message>
    <message>
        <source>Start that entry by it: `closedmesh entry --invite INVITE`.</source>
        <translation>Starten Sie jenen Zugangsknoten damit: `closedmesh entry --invite INVITE`.</translation>
    </message>
    <message>
        <source>Start the program once, and ask again.</source>
        <translation>Starten Sie das Programm einmal und fragen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>Stop above this temperature, degrees Celsius; 0 never.</source>
        <translation>Über dieser Temperatur aufhören, Grad Celsius; 0 nie.</translation>
    </message>
    <message>
        <source>Stop when less than this is free on the disk, GB.</source>
        <translation>Aufhören, wenn weniger als das auf der Festplatte frei ist, GB.</translation>
    </message>
    <message>
        <source>Stop when so many credits were earned in a day; 0 is no limit.</source>
        <translation>Aufhören, wenn an einem Tag so viele Credits verdient wurden; 0 ist ohne Grenze.</translation>
    </message>
    <message>
        <source>Such an invite holds for a day at most.</source>
        <translation>Eine solche Einladung gilt höchstens einen Tag.</translation>
    </message>
    <message>
        <source>Tell of answers, downloads and trouble while the window is not looked at.</source>
        <translation>Von Antworten, Downloads und Störungen berichten, solange niemand auf das Fenster sieht.</translation>
    </message>
    <message>
        <source>Tensors of the model file overlap.</source>
        <translation>Tensoren der Modelldatei überlappen sich.</translation>
    </message>
    <message>
        <source>That is no {tag_of}: {error}.</source>
        <translation>Das ist nicht lesbar ({tag_of}): {error}.</translation>
    </message>
    <message>
        <source>That is not your address.</source>
        <translation>Das ist nicht Ihre Adresse.</translation>
    </message>
    <message>
        <source>That is too often.</source>
        <translation>Das ist zu oft.</translation>
    </message>
    <message>
        <source>That peer&apos;s model cannot be checked here.</source>
        <translation>Das Modell dieses Peers kann hier nicht geprüft werden.</translation>
    </message>
    <message>
        <source>That was signed for another entry or mesh.</source>
        <translation>Das wurde für einen anderen Zugangsknoten oder ein anderes Mesh unterschrieben.</translation>
    </message>
    <message>
        <source>That was signed for somebody else.</source>
        <translation>Das wurde für jemand anderen unterschrieben.</translation>
    </message>
    <message>
        <source>That was signed too long ago.</source>
        <translation>Das wurde vor zu langer Zeit unterschrieben.</translation>
    </message>
    <message>
        <source>The JSON schema cannot be turned into a grammar ({name}).</source>
        <translation>Aus dem JSON-Schema lässt sich keine Grammatik machen ({name}).</translation>
    </message>
    <message>
        <source>The JSON schema has a {name} above {max_repetitions}.</source>
        <translation>Das JSON-Schema hat ein {name} über {max_repetitions}.</translation>
    </message>
    <message>
        <source>The JSON schema has more than {max_depth} levels or {max_parts} parts.</source>
        <translation>Das JSON-Schema hat mehr als {max_depth} Ebenen oder {max_parts} Teile.</translation>
    </message>
    <message>
        <source>The announcement is for another mesh.</source>
        <translation>Die Ankündigung gilt einem anderen Mesh.</translation>
    </message>
    <message>
        <source>The announcement is from the future: a clock is wrong.</source>
        <translation>Die Ankündigung kommt aus der Zukunft: eine Uhr geht falsch.</translation>
    </message>
    <message>
        <source>The announcement is too old.</source>
        <translation>Die Ankündigung ist zu alt.</translation>
    </message>
    <message>
        <source>The announcement names another certificate.</source>
        <translation>Die Ankündigung nennt ein anderes Zertifikat.</translation>
    </message>
    <message>
        <source>The answer before is still being written.</source>
        <translation>Die vorige Antwort wird noch geschrieben.</translation>
    </message>
    <message>
        <source>The answer broke off; {tokens} tokens are acknowledged.</source>
        <translation>Die Antwort brach ab; {tokens} Token sind bestätigt.</translation>
    </message>
    <message>
        <source>The answer could not be computed.</source>
        <translation>Die Antwort konnte nicht berechnet werden.</translation>
    </message>
    <message>
        <source>The answer that was begun elsewhere does not keep its form.</source>
        <translation>Die anderswo begonnene Antwort hält ihre Form nicht ein.</translation>
    </message>
    <message>
        <source>The asker counted {tokens} tokens, and objects: {fault}.</source>
        <translation>Der Fragende hat {tokens} Token gezählt und widerspricht: {fault}.</translation>
    </message>
    <message>
        <source>The asker has not signed it.</source>
        <translation>Der Fragende hat es nicht unterschrieben.</translation>
    </message>
    <message>
        <source>The battery is below {battery_floor} %.</source>
        <translation>Der Akku ist unter {battery_floor} %.</translation>
    </message>
    <message>
        <source>The cache of conversations could not be written ({strerror}).</source>
        <translation>Der Zwischenspeicher der Unterhaltungen konnte nicht geschrieben werden ({strerror}).</translation>
    </message>
    <message>
        <source>The certificate does not belong to peer {short}.</source>
        <translation>Das Zertifikat gehört nicht zu Peer {short}.</translation>
    </message>
    <message>
        <source>The certificate is of another mesh.</source>
        <translation>Das Zertifikat gehört zu einem anderen Mesh.</translation>
    </message>
    <message>
        <source>The connection ended before the file did</source>
        <translation>Die Verbindung endete vor der Datei</translation>
    </message>
    <message>
        <source>The connection to {host} broke</source>
        <translation>Die Verbindung zu {host} brach ab</translation>
    </message>
    <message>
        <source>The directory is full.</source>
        <translation>Das Verzeichnis ist voll.</translation>
    </message>
    <message>
        <source>The disk may be failing, or somebody changed the file. Remove it and take it in again.</source>
        <translation>Vielleicht geht die Festplatte kaputt, oder jemand hat die Datei geändert. Entfernen Sie sie und nehmen Sie sie neu auf.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary than the model it guesses for.</source>
        <translation>Das Entwurfsmodell hat ein anderes Vokabular als das Modell, für das es rät.</translation>
    </message>
    <message>
        <source>The entry admitted this computer as a member only.</source>
        <translation>Der Zugangsknoten hat diesen Computer nur als Mitglied aufgenommen.</translation>
    </message>
    <message>
        <source>The entry asks invented questions and compares the numbers behind the answers with a copy of the model, or, where it has none, with what computers of other owners read in the same answer. The status page shows what came out, also when nothing can be told yet.</source>
        <translation>Der Zugangsknoten stellt erfundene Fragen und vergleicht die Zahlen hinter den Antworten mit einer Kopie des Modells oder, wo er keine hat, mit dem, was Computer anderer Eigentümer in derselben Antwort lesen. Die Statusseite zeigt, was herauskam, auch wenn noch nichts zu sagen ist.</translation>
    </message>
    <message>
        <source>The entry belongs to another mesh.</source>
        <translation>Der Zugangsknoten gehört zu einem anderen Mesh.</translation>
    </message>
    <message>
        <source>The entry gave a certificate that does not hold: {reason}</source>
        <translation>Der Zugangsknoten gab ein Zertifikat, das nicht hält: {reason}</translation>
    </message>
    <message>
        <source>The entry needs a copy of exactly this model, or two further owners must share it, and the peer must share it now.</source>
        <translation>Der Eingang braucht eine Kopie genau dieses Modells, oder zwei weitere Besitzer müssen es teilen, und der Peer muss es jetzt teilen.</translation>
    </message>
    <message>
        <source>The entry reads what is asked through its public API</source>
        <translation>Der Zugangsknoten liest, was über seine öffentliche API gefragt wird</translation>
    </message>
    <message>
        <source>The entry sees no question of a member. A relay passes on packets that it cannot read. Packets are padded, so that their sizes say less about the words inside.</source>
        <translation>Der Zugangsknoten sieht keine Frage eines Mitglieds. Ein Relay reicht Pakete weiter, die es nicht lesen kann. Pakete werden aufgefüllt, damit ihre Größe weniger über die Wörter darin verrät.</translation>
    </message>
    <message>
        <source>The external provider did not answer to the end.</source>
        <translation>Der externe Anbieter hat nicht zu Ende geantwortet.</translation>
    </message>
    <message>
        <source>The external provider {host} does not accept the key ({status}).</source>
        <translation>Der externe Anbieter {host} nimmt den Schlüssel nicht an ({status}).</translation>
    </message>
    <message>
        <source>The external provider {host} refused the question ({status}).</source>
        <translation>Der externe Anbieter {host} hat die Frage abgelehnt ({status}).</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The file is not the one that was here before: somebody or something changed it.</source>
        <translation>Die Datei ist nicht die, die vorher hier war: jemand oder etwas hat sie geändert.</translation>
    </message>
    <message>
        <source>The file is shorter.</source>
        <translation>Die Datei ist kürzer.</translation>
    </message>
    <message>
        <source>The file of chats was damaged ({error}); a new one was begun.</source>
        <translation>Die Datei der Chats war beschädigt ({error}); eine neue wurde begonnen.</translation>
    </message>
    <message>
        <source>The file of secrets {path} is not used: {why}.</source>
        <translation>Die Datei der Geheimnisse {path} wird nicht verwendet: {why}.</translation>
    </message>
    <message>
        <source>The file of {title} has changed: its SHA-256 is {sha256}, on record is {sha256_2}.</source>
        <translation>Die Datei von {title} hat sich geändert: ihre SHA-256 ist {sha256}, bekannt ist {sha256_2}.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made: {strerror}.</source>
        <translation>Der Ordner {folder} lässt sich nicht anlegen: {strerror}.</translation>
    </message>
    <message>
        <source>The grammar has brackets more than {max_depth} deep.</source>
        <translation>Die Klammern der Grammatik sind mehr als {max_depth} tief.</translation>
    </message>
    <message>
        <source>The grammar has no rule `root`.</source>
        <translation>Die Grammatik hat keine Regel `root`.</translation>
    </message>
    <message>
        <source>The grammar has {rules} rules and {repetitions} repetitions in {len} characters; {max_parts}, {max_repetitions} and {max_grammar} are the most.</source>
        <translation>Die Grammatik hat {rules} Regeln und {repetitions} Wiederholungen in {len} Zeichen; höchstens {max_parts}, {max_repetitions} und {max_grammar} sind erlaubt.</translation>
    </message>
    <message>
        <source>The grammar is nested more than {max_depth} levels deep.</source>
        <translation>Die Grammatik ist mehr als {max_depth} Ebenen tief verschachtelt.</translation>
    </message>
    <message>
        <source>The hub does not let us have {what}.</source>
        <translation>Der Hub gibt uns {what} nicht.</translation>
    </message>
    <message>
        <source>The hub has another file for {title} than the catalogue means.</source>
        <translation>Der Hub hat für {title} eine andere Datei, als der Katalog meint.</translation>
    </message>
    <message>
        <source>The hub is busy and asks us to wait</source>
        <translation>Der Hub ist beschäftigt und bittet zu warten</translation>
    </message>
    <message>
        <source>The hub is in trouble itself (it says {status})</source>
        <translation>Der Hub hat selbst Schwierigkeiten (er sagt {status})</translation>
    </message>
    <message>
        <source>The hub refused with the number {status}.</source>
        <translation>Der Hub hat mit der Nummer {status} abgelehnt.</translation>
    </message>
    <message>
        <source>The hub sent us from place to place without an end</source>
        <translation>Der Hub schickte uns endlos von Ort zu Ort</translation>
    </message>
    <message>
        <source>The hub&apos;s address for the file ran out</source>
        <translation>Die Adresse des Hubs für die Datei ist abgelaufen</translation>
    </message>
    <message>
        <source>The hub&apos;s reply could not be understood.</source>
        <translation>Die Antwort des Hubs war nicht zu verstehen.</translation>
    </message>
    <message>
        <source>The hub&apos;s reply is longer than {max_reply} MiB</source>
        <translation>Die Antwort des Hubs ist länger als {max_reply} MiB</translation>
    </message>
    <message>
        <source>The invite has been used already.</source>
        <translation>Die Einladung wurde schon verwendet.</translation>
    </message>
    <message>
        <source>The invite has expired.</source>
        <translation>Die Einladung ist abgelaufen.</translation>
    </message>
    <message>
        <source>The invite was revoked.</source>
        <translation>Die Einladung wurde widerrufen.</translation>
    </message>
    <message>
        <source>The invite was to be redeemed by another peer.</source>
        <translation>Die Einladung sollte von einem anderen Peer eingelöst werden.</translation>
    </message>
    <message>
        <source>The key of the mesh {known} is missing from the keychain.</source>
        <translation>Der Schlüssel des Mesh {known} fehlt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The key of this computer&apos;s owner is on another computer.</source>
        <translation>Der Schlüssel des Eigentümers dieses Computers liegt auf einem anderen Computer.</translation>
    </message>
    <message>
        <source>The key was made for another member.</source>
        <translation>Der Schlüssel wurde für ein anderes Mitglied gemacht.</translation>
    </message>
    <message>
        <source>The keychain is locked or did not answer.</source>
        <translation>Der Schlüsselbund ist gesperrt oder hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The keychain&apos;s entry node-key of closedmesh holds something else.</source>
        <translation>Der Eintrag node-key von closedmesh im Schlüsselbund enthält etwas anderes.</translation>
    </message>
    <message>
        <source>The keychain&apos;s entry owner-key of closedmesh holds something else.</source>
        <translation>Der Eintrag owner-key von closedmesh im Schlüsselbund enthält etwas anderes.</translation>
    </message>
    <message>
        <source>The ledger {path} cannot be read: {error}.</source>
        <translation>Das Kontobuch {path} lässt sich nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>The list is of another mesh.</source>
        <translation>Die Liste gehört zu einem anderen Mesh.</translation>
    </message>
    <message>
        <source>The list of new versions could not be fetched.</source>
        <translation>Die Liste neuer Versionen ließ sich nicht laden.</translation>
    </message>
    <message>
        <source>The list of new versions is past its date.</source>
        <translation>Die Liste neuer Versionen ist über ihrem Datum.</translation>
    </message>
    <message>
        <source>The local API answers that computer only</source>
        <translation>Die lokale API antwortet nur diesem Computer</translation>
    </message>
    <message>
        <source>The local API cannot open: no port from {preferred} to {last} is free.</source>
        <translation>Die lokale API lässt sich nicht öffnen: kein Port von {preferred} bis {last} ist frei.</translation>
    </message>
    <message>
        <source>The log says more; trying again may help.</source>
        <translation>Das Protokoll sagt mehr; ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>The membership allows {scope}, not {wanted}.</source>
        <translation>Die Mitgliedschaft erlaubt {scope}, nicht {wanted}.</translation>
    </message>
    <message>
        <source>The membership does not hold yet. One of the two clocks is wrong.</source>
        <translation>Die Mitgliedschaft gilt noch nicht. Eine der beiden Uhren geht falsch.</translation>
    </message>
    <message>
        <source>The membership has expired.</source>
        <translation>Die Mitgliedschaft ist abgelaufen.</translation>
    </message>
    <message>
        <source>The membership of this computer was ended.</source>
        <translation>Die Mitgliedschaft dieses Computers wurde beendet.</translation>
    </message>
    <message>
        <source>The membership of this peer was revoked.</source>
        <translation>Die Mitgliedschaft dieses Peers wurde widerrufen.</translation>
    </message>
    <message>
        <source>The membership was revoked.</source>
        <translation>Die Mitgliedschaft wurde widerrufen.</translation>
    </message>
    <message>
        <source>The mesh does not know the owner of this computer yet.</source>
        <translation>Das Mesh kennt den Eigentümer dieses Computers noch nicht.</translation>
    </message>
    <message>
        <source>The mesh has too many entries.</source>
        <translation>Das Mesh hat zu viele Zugangsknoten.</translation>
    </message>
    <message>
        <source>The mesh said nothing.</source>
        <translation>Das Mesh hat nichts gesagt.</translation>
    </message>
    <message>
        <source>The mesh&apos;s ledger tells two stories, both signed by its settler.</source>
        <translation>Das Kontobuch des Mesh erzählt zwei Geschichten, beide von seinem Abrechner unterschrieben.</translation>
    </message>
    <message>
        <source>The microphone or the camera is in use.</source>
        <translation>Mikrofon oder Kamera werden benutzt.</translation>
    </message>
    <message>
        <source>The model could not compute the answer.</source>
        <translation>Das Modell konnte die Antwort nicht berechnen.</translation>
    </message>
    <message>
        <source>The model could not compute the vectors.</source>
        <translation>Das Modell konnte die Vektoren nicht berechnen.</translation>
    </message>
    <message>
        <source>The model file ended too early.</source>
        <translation>Die Modelldatei endete zu früh.</translation>
    </message>
    <message>
        <source>The model file names a tensor twice.</source>
        <translation>Die Modelldatei nennt einen Tensor zweimal.</translation>
    </message>
    <message>
        <source>The model file {what}.</source>
        <translation>Die Modelldatei taugt nicht: Sie {what}.</translation>
    </message>
    <message>
        <source>The model has no token {unknown}: its vocabulary has {size}.</source>
        <translation>Das Modell hat kein Token {unknown}: sein Vokabular hat {size}.</translation>
    </message>
    <message>
        <source>The model that answers where none is named.</source>
        <translation>Das Modell, das antwortet, wo keines genannt ist.</translation>
    </message>
    <message>
        <source>The model that you name, or an error</source>
        <translation>Das Modell, das Sie nennen, oder ein Fehler</translation>
    </message>
    <message>
        <source>The model&apos;s chat template cannot be read: {short}.</source>
        <translation>Die Chat-Vorlage des Modells lässt sich nicht lesen: {short}.</translation>
    </message>
    <message>
        <source>The model&apos;s chat template failed: {short}.</source>
        <translation>Die Chat-Vorlage des Modells ist gescheitert: {short}.</translation>
    </message>
    <message>
        <source>The model&apos;s chat template has {len} characters.</source>
        <translation>Die Chat-Vorlage des Modells hat {len} Zeichen.</translation>
    </message>
    <message>
        <source>The model&apos;s chat template refuses these messages: {short}.</source>
        <translation>Die Chat-Vorlage des Modells lehnt diese Nachrichten ab: {short}.</translation>
    </message>
    <message>
        <source>The models could not be moved to {new}: {strerror}.</source>
        <translation>Die Modelle konnten nicht nach {new} verschoben werden: {strerror}.</translation>
    </message>
    <message>
        <source>The models have {size} GB, and the disk of {new} has {disk_free} GB free.</source>
        <translation>Die Modelle haben {size} GB, und auf der Festplatte von {new} sind {disk_free} GB frei.</translation>
    </message>
    <message>
        <source>The name {host} could not be found</source>
        <translation>Der Name {host} war nicht zu finden</translation>
    </message>
    <message>
        <source>The network costs by the byte.</source>
        <translation>Das Netz kostet nach Menge.</translation>
    </message>
    <message>
        <source>The network is just being opened.</source>
        <translation>Das Netz wird gerade geöffnet.</translation>
    </message>
    <message>
        <source>The network is not open yet, so an invite would lead nowhere.</source>
        <translation>Das Netz ist noch nicht offen, eine Einladung würde ins Leere führen.</translation>
    </message>
    <message>
        <source>The network is not ready: no entry has certified this computer&apos;s questions yet.</source>
        <translation>Das Netz ist noch nicht bereit: kein Zugangsknoten hat die Fragen dieses Computers bisher beglaubigt.</translation>
    </message>
    <message>
        <source>The notice of an entry is too old or too new.</source>
        <translation>Die Mitteilung eines Zugangsknotens ist zu alt oder zu neu.</translation>
    </message>
    <message>
        <source>The old file is kept as {aside}.</source>
        <translation>Die alte Datei wird als {aside} aufgehoben.</translation>
    </message>
    <message>
        <source>The owner&apos;s own computers may not do that.</source>
        <translation>Die eigenen Computer des Eigentümers dürfen das nicht.</translation>
    </message>
    <message>
        <source>The owner&apos;s word is about another peer or mesh.</source>
        <translation>Das Wort des Besitzers gilt einem anderen Peer oder Mesh.</translation>
    </message>
    <message>
        <source>The peer cannot do what the question asks for.</source>
        <translation>Der Peer kann nicht, was die Frage verlangt.</translation>
    </message>
    <message>
        <source>The peer that answered has signed nothing.</source>
        <translation>Der Peer, der antwortete, hat nichts unterschrieben.</translation>
    </message>
    <message>
        <source>The peer that answers reads your question</source>
        <translation>Der Peer, der antwortet, liest Ihre Frage</translation>
    </message>
    <message>
        <source>The process that ran {title} {how}.</source>
        <translation>Der Prozess, der {title} ausführte, ist zu Ende ({how}).</translation>
    </message>
    <message>
        <source>The program in the background stopped answering.</source>
        <translation>Das Programm im Hintergrund antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>The program made a mistake. Try to go on with it.</source>
        <translation>Das Programm hat einen Fehler gemacht. Versuchen Sie fortzufahren.</translation>
    </message>
    <message>
        <source>The prompt has {count} tokens; the context holds {context} together with the answer.</source>
        <translation>Der Prompt hat {count} Token; der Kontext fasst {context} zusammen mit der Antwort.</translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation>Der Prompt ist leer.</translation>
    </message>
    <message>
        <source>The proxy where it is set by hand, like http://proxy.example:3128.</source>
        <translation>Der Proxy, wo er von Hand eingestellt ist, etwa http://proxy.example:3128.</translation>
    </message>
    <message>
        <source>The proxy {value} cannot be used.</source>
        <translation>Der Proxy {value} kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The schema has more than {max_parts} parts.</source>
        <translation>Das Schema hat mehr als {max_parts} Teile.</translation>
    </message>
    <message>
        <source>The schema is nested more than {max_depth} levels deep.</source>
        <translation>Das Schema ist mehr als {max_depth} Ebenen tief verschachtelt.</translation>
    </message>
    <message>
        <source>The schema is no JSON object.</source>
        <translation>Das Schema ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The server is in trouble (it says {status})</source>
        <translation>Der Server hat selbst Schwierigkeiten (er meldet {status})</translation>
    </message>
    <message>
        <source>The server packed the file though it was asked not to</source>
        <translation>Der Server hat die Datei gepackt, obwohl er es nicht sollte</translation>
    </message>
    <message>
        <source>The server refused {name} with the number {status}.</source>
        <translation>Der Server hat {name} mit der Nummer {status} verweigert.</translation>
    </message>
    <message>
        <source>The server sent another part of the file than was asked for</source>
        <translation>Der Server hat einen anderen Teil der Datei geschickt als verlangt</translation>
    </message>
    <message>
        <source>The server sent the whole file though a part was asked for</source>
        <translation>Der Server hat die ganze Datei geschickt, obwohl ein Teil verlangt war</translation>
    </message>
    <message>
        <source>The settings could not be written: {strerror}.</source>
        <translation>Die Einstellungen konnten nicht geschrieben werden: {strerror}.</translation>
    </message>
    <message>
        <source>The settings file could not be read ({error}); defaults are used.</source>
        <translation>Die Einstellungsdatei konnte nicht gelesen werden ({error}); es gelten die Standardwerte.</translation>
    </message>
    <message>
        <source>The signature of a {tag_of} is not genuine.</source>
        <translation>Die Unterschrift ist nicht echt: {tag_of}.</translation>
    </message>
    <message>
        <source>The time is over.</source>
        <translation>Die Zeit ist um.</translation>
    </message>
    <message>
        <source>The transcript cannot be read: {error}</source>
        <translation>Die Niederschrift lässt sich nicht lesen: {error}</translation>
    </message>
    <message>
        <source>The verdict is too old, or from the future.</source>
        <translation>Das Urteil ist zu alt oder kommt aus der Zukunft.</translation>
    </message>
    <message>
        <source>The verifier has another owner.</source>
        <translation>Der Prüfer gehört jemand anderem.</translation>
    </message>
    <message>
        <source>The worker ended an answer it had not begun.</source>
        <translation>Der Arbeitsprozess beendete eine Antwort, die er nicht begonnen hatte.</translation>
    </message>
    <message>
        <source>There is no copy of that model here, and too few owners share it to compare.</source>
        <translation>Hier gibt es keine Kopie dieses Modells, und zu wenige Besitzer teilen es, um zu vergleichen.</translation>
    </message>
    <message>
        <source>There is no invite {invite}.</source>
        <translation>Es gibt keine Einladung {invite}.</translation>
    </message>
    <message>
        <source>There is no keychain here: the API key lies in a file only your account can read.</source>
        <translation>Hier gibt es keinen Schlüsselbund: der API-Schlüssel liegt in einer Datei, die nur Ihr Konto lesen kann.</translation>
    </message>
    <message>
        <source>There is no memory for {slots} conversations of {context} tokens.</source>
        <translation>Für {slots} Unterhaltungen mit {context} Token reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is no memory left.</source>
        <translation>Es ist kein Speicher mehr da.</translation>
    </message>
    <message>
        <source>There is no model {ref} on this computer.</source>
        <translation>Auf diesem Computer gibt es kein Modell {ref}.</translation>
    </message>
    <message>
        <source>There is no setting {name}.</source>
        <translation>Es gibt keine Einstellung {name}.</translation>
    </message>
    <message>
        <source>There is no such receipt.</source>
        <translation>Einen solchen Beleg gibt es nicht.</translation>
    </message>
    <message>
        <source>They do not prove that one answer was honest, and a peer that has not been checked long enough is shown as exactly that. Measured with two small models on one processor, with questions on which no limit was set: four bits in place of eight, another model and canned text were found in 3 checks, six bits in place of eight in 5; two in place of four in 3, there with questions on which limits were set. Of 16,500 decisions about honest peers, simulated from these measurements, none was wrong: at most 1 in 5,500. Graphics cards are not measured yet. Verdicts are shown; chats go past a peer only where two entries agree and both want that. What a verdict rests on can be kept, and judged again by anybody who has the model.</source>
        <translation>Sie beweisen nicht, dass eine einzelne Antwort ehrlich war, und ein Peer, der noch nicht lange genug geprüft wurde, wird als genau das gezeigt. Gemessen mit zwei kleinen Modellen auf einem Prozessor, mit Fragen, an denen keine Grenze eingestellt wurde: vier Bit anstelle von acht, ein anderes Modell und vorgefertigter Text wurden in 3 Prüfungen gefunden, sechs Bit anstelle von acht in 5; zwei anstelle von vier in 3, dort mit Fragen, an denen Grenzen eingestellt wurden. Von 16.500 Entscheidungen über ehrliche Peers, aus diesen Messungen simuliert, war keine falsch: höchstens 1 von 5.500. Grafikkarten sind noch nicht gemessen. Urteile werden gezeigt; Chats gehen nur dann an einem Peer vorbei, wenn zwei Zugangsknoten einig sind und beide das wollen. Worauf ein Urteil beruht, kann aufbewahrt und von jedem, der das Modell hat, neu beurteilt werden.</translation>
    </message>
    <message>
        <source>This chat does not exist.</source>
        <translation>Diesen Chat gibt es nicht.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>This computer does not belong to that owner yet.</source>
        <translation>Dieser Computer gehört diesem Eigentümer noch nicht.</translation>
    </message>
    <message>
        <source>This computer has no owner&apos;s key yet.</source>
        <translation>Dieser Computer hat noch keinen Besitzerschlüssel.</translation>
    </message>
    <message>
        <source>This computer is an entry of its mesh.</source>
        <translation>Dieser Computer ist ein Zugangsknoten seines Mesh.</translation>
    </message>
    <message>
        <source>This computer is hotter than {heat_limit} °C.</source>
        <translation>Dieser Computer ist heißer als {heat_limit} °C.</translation>
    </message>
    <message>
        <source>This computer is in no mesh.</source>
        <translation>Dieser Computer gehört zu keinem Mesh.</translation>
    </message>
    <message>
        <source>This computer is in the mesh {name} already.</source>
        <translation>Dieser Computer gehört schon zum Mesh {name}.</translation>
    </message>
    <message>
        <source>This computer is no longer a member of {name}.</source>
        <translation>Dieser Computer ist kein Mitglied von {name} mehr.</translation>
    </message>
    <message>
        <source>This computer is not shared.</source>
        <translation>Dieser Computer wird nicht geteilt.</translation>
    </message>
    <message>
        <source>This computer is shared.</source>
        <translation>Dieser Computer wird geteilt.</translation>
    </message>
    <message>
        <source>This computer runs on battery.</source>
        <translation>Dieser Computer läuft im Akkubetrieb.</translation>
    </message>
    <message>
        <source>This computer runs the mesh as one of its entries.</source>
        <translation>Dieser Computer betreibt das Mesh als einer seiner Zugangsknoten.</translation>
    </message>
    <message>
        <source>This connection sends faster than this relay allows.</source>
        <translation>Diese Verbindung sendet schneller, als dieses Relay erlaubt.</translation>
    </message>
    <message>
        <source>This copy does not know where new versions come from.</source>
        <translation>Diese Kopie weiß nicht, woher neue Versionen kommen.</translation>
    </message>
    <message>
        <source>This copy was not installed by ClosedMesh itself, and does not replace itself.</source>
        <translation>Diese Kopie hat nicht ClosedMesh selbst installiert; sie ersetzt sich nicht selbst.</translation>
    </message>
    <message>
        <source>This download is over.</source>
        <translation>Dieser Download ist zu Ende.</translation>
    </message>
    <message>
        <source>This entry does not know the membership.</source>
        <translation>Dieser Zugangsknoten kennt die Mitgliedschaft nicht.</translation>
    </message>
    <message>
        <source>This entry does not know this invite.</source>
        <translation>Dieser Zugangsknoten kennt diese Einladung nicht.</translation>
    </message>
    <message>
        <source>This file has a setting {table}.{name} that is not known here.</source>
        <translation>Diese Datei hat eine Einstellung {table}.{name}, die hier nicht bekannt ist.</translation>
    </message>
    <message>
        <source>This file holds no settings of ClosedMesh.</source>
        <translation>Diese Datei enthält keine Einstellungen von ClosedMesh.</translation>
    </message>
    <message>
        <source>This home belongs to the mesh {name}.</source>
        <translation>Dieser Ordner gehört zum Mesh {name}.</translation>
    </message>
    <message>
        <source>This home is not an entry of a mesh yet.</source>
        <translation>Dieser Ordner ist noch kein Zugangsknoten eines Mesh.</translation>
    </message>
    <message>
        <source>This home is the entry of the mesh {name}.</source>
        <translation>Dieser Ordner ist der Zugangsknoten des Mesh {name}.</translation>
    </message>
    <message>
        <source>This invite contains characters that do not belong to it.</source>
        <translation>Diese Einladung enthält Zeichen, die nicht dazugehören.</translation>
    </message>
    <message>
        <source>This invite has a wrong or an additional character.</source>
        <translation>In dieser Einladung ist ein Zeichen falsch oder zu viel.</translation>
    </message>
    <message>
        <source>This invite is cut short.</source>
        <translation>Diese Einladung ist abgeschnitten.</translation>
    </message>
    <message>
        <source>This invite is for another entry of {mesh_name}, not for a member.</source>
        <translation>Diese Einladung ist für einen weiteren Zugangsknoten von {mesh_name}, nicht für ein Mitglied.</translation>
    </message>
    <message>
        <source>This invite is for members, not for an entry.</source>
        <translation>Diese Einladung ist für Mitglieder, nicht für einen Zugangsknoten.</translation>
    </message>
    <message>
        <source>This invite makes no sense.</source>
        <translation>Diese Einladung ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>This invite to {mesh_name} has expired.</source>
        <translation>Diese Einladung zu {mesh_name} ist abgelaufen.</translation>
    </message>
    <message>
        <source>This invite to {mesh_name} {why}.</source>
        <translation>Diese Einladung zu {mesh_name} gilt nicht: sie {why}.</translation>
    </message>
    <message>
        <source>This invite was made by a newer version of ClosedMesh.</source>
        <translation>Diese Einladung wurde mit einer neueren Version von ClosedMesh erstellt.</translation>
    </message>
    <message>
        <source>This invite was not written by the mesh it names.</source>
        <translation>Diese Einladung stammt nicht von dem Mesh, das sie nennt.</translation>
    </message>
    <message>
        <source>This is another mesh.</source>
        <translation>Das ist ein anderes Mesh.</translation>
    </message>
    <message>
        <source>This is not a GGUF file.</source>
        <translation>Das ist keine GGUF-Datei.</translation>
    </message>
    <message>
        <source>This is not an invite.</source>
        <translation>Das ist keine Einladung.</translation>
    </message>
    <message>
        <source>This is not the key of an owner.</source>
        <translation>Das ist nicht der Schlüssel eines Besitzers.</translation>
    </message>
    <message>
        <source>This membership was revoked after the invite was made.</source>
        <translation>Diese Mitgliedschaft wurde widerrufen, nachdem die Einladung erstellt war.</translation>
    </message>
    <message>
        <source>This message does not exist.</source>
        <translation>Diese Nachricht gibt es nicht.</translation>
    </message>
    <message>
        <source>This model makes vectors; it writes no answers.</source>
        <translation>Dieses Modell macht Vektoren; es schreibt keine Antworten.</translation>
    </message>
    <message>
        <source>This model writes answers; it makes no vectors.</source>
        <translation>Dieses Modell schreibt Antworten; es macht keine Vektoren.</translation>
    </message>
    <message>
        <source>This month&apos;s {gb} of upload are used up.</source>
        <translation>Die {gb} Upload dieses Monats sind verbraucht.</translation>
    </message>
    <message>
        <source>This peer answers {most} at a time.</source>
        <translation>Dieser Peer beantwortet {most} gleichzeitig.</translation>
    </message>
    <message>
        <source>This peer does not do that.</source>
        <translation>Dieser Peer tut das nicht.</translation>
    </message>
    <message>
        <source>This peer does not give that file.</source>
        <translation>Dieser Peer gibt diese Datei nicht heraus.</translation>
    </message>
    <message>
        <source>This peer does not share that model.</source>
        <translation>Dieser Peer teilt dieses Modell nicht.</translation>
    </message>
    <message>
        <source>This peer gives no files now.</source>
        <translation>Dieser Peer gibt jetzt keine Dateien heraus.</translation>
    </message>
    <message>
        <source>This peer has no key of its own, so it cannot be in a mesh.</source>
        <translation>Dieser Peer hat keinen eigenen Schlüssel, also kann er in keinem Mesh sein.</translation>
    </message>
    <message>
        <source>This peer reads another answer, or people wait for it.</source>
        <translation>Dieser Peer liest gerade eine andere Antwort, oder es warten Menschen auf ihn.</translation>
    </message>
    <message>
        <source>Through relays only: no peer sees this computer&apos;s address. Slower.</source>
        <translation>Nur über Relays: Kein Peer sieht die Adresse dieses Computers. Langsamer.</translation>
    </message>
    <message>
        <source>Today&apos;s {credits_limit} credits are earned.</source>
        <translation>Die {credits_limit} Credits von heute sind verdient.</translation>
    </message>
    <message>
        <source>Tokens one conversation may have; 0 is what fits, up to 4096.</source>
        <translation>Token, die eine Unterhaltung haben darf; 0 ist, was passt, bis 4096.</translation>
    </message>
    <message>
        <source>Too many meetings.</source>
        <translation>Zu viele Treffen.</translation>
    </message>
    <message>
        <source>Try again in a few seconds; `closedmesh status` says what is wrong.</source>
        <translation>Versuchen Sie es in ein paar Sekunden noch einmal; `closedmesh status` sagt, was fehlt.</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>Versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Try again later, or another file.</source>
        <translation>Versuchen Sie es später noch einmal oder mit einer anderen Datei.</translation>
    </message>
    <message>
        <source>Try again later; if a mirror is set, look at it.</source>
        <translation>Versuchen Sie es später noch einmal; ist ein Spiegelserver eingestellt, sehen Sie dort nach.</translation>
    </message>
    <message>
        <source>Try again then, or raise engine.slots or engine.queue.</source>
        <translation>Versuchen Sie es dann noch einmal oder erhöhen Sie engine.slots oder engine.queue.</translation>
    </message>
    <message>
        <source>Try again tomorrow. What runs is not touched.</source>
        <translation>Versuchen Sie es morgen erneut. Was läuft, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Turn off mesh.relay_only, or ask the person who runs the mesh for a relay.</source>
        <translation>Schalten Sie mesh.relay_only aus, oder bitten Sie die Person, die das Mesh betreibt, um ein Relay.</translation>
    </message>
    <message>
        <source>UDP port at which other peers are answered; 0 is any.</source>
        <translation>UDP-Port, an dem anderen Peers geantwortet wird; 0 ist irgendeiner.</translation>
    </message>
    <message>
        <source>Unlock it (usually with your login password) and try again, or give CLOSEDMESH_API_KEY.</source>
        <translation>Entsperren Sie ihn (meist mit Ihrem Anmeldekennwort) und versuchen Sie es noch einmal, oder geben Sie CLOSEDMESH_API_KEY an.</translation>
    </message>
    <message>
        <source>Unlock the keychain, and start it anew.</source>
        <translation>Entsperren Sie den Schlüsselbund und starten Sie ihn neu.</translation>
    </message>
    <message>
        <source>Update the program, or choose another home folder.</source>
        <translation>Aktualisieren Sie das Programm oder wählen Sie einen anderen Ordner dafür.</translation>
    </message>
    <message>
        <source>Update the program, or take it out of the file.</source>
        <translation>Aktualisieren Sie das Programm, oder nehmen Sie sie aus der Datei.</translation>
    </message>
    <message>
        <source>Update the program.</source>
        <translation>Aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Aktualisierungen</translation>
    </message>
    <message>
        <source>Use a simpler form.</source>
        <translation>Verwenden Sie eine einfachere Form.</translation>
    </message>
    <message>
        <source>Use another copy of the model, or ask through /v1/completions.</source>
        <translation>Verwenden Sie eine andere Kopie des Modells oder fragen Sie über /v1/completions.</translation>
    </message>
    <message>
        <source>Use fewer threads while other programs keep the processor busy.</source>
        <translation>Weniger Threads verwenden, solange andere Programme den Prozessor beschäftigen.</translation>
    </message>
    <message>
        <source>Use it (`closedmesh status` shows where), end it, or choose another --home.</source>
        <translation>Verwenden Sie ihn (`closedmesh status` zeigt, wo), beenden Sie ihn oder wählen Sie ein anderes --home.</translation>
    </message>
    <message>
        <source>Use it where it lies, or put all parts into the model folder.</source>
        <translation>Verwenden Sie es, wo es liegt, oder legen Sie alle Teile in den Modellordner.</translation>
    </message>
    <message>
        <source>Use tokens of exactly this model.</source>
        <translation>Verwenden Sie Token genau dieses Modells.</translation>
    </message>
    <message>
        <source>Verdicts are signed by an entry.</source>
        <translation>Urteile unterschreibt ein Zugangsknoten.</translation>
    </message>
    <message>
        <source>Verify the file, or get another copy; its architecture may be too new.</source>
        <translation>Prüfen Sie die Datei oder holen Sie eine andere Kopie; vielleicht ist ihre Bauart zu neu.</translation>
    </message>
    <message>
        <source>Version {failed} did not start, so version {version} is back.</source>
        <translation>Version {failed} ist nicht gestartet, darum ist Version {version} zurück.</translation>
    </message>
    <message>
        <source>Version {version} could not be made the current one: {strerror}.</source>
        <translation>Version {version} ließ sich nicht zur aktuellen machen: {strerror}.</translation>
    </message>
    <message>
        <source>Version {version} could not be put beside this one: {strerror}.</source>
        <translation>Version {version} konnte nicht neben diese gelegt werden: {strerror}.</translation>
    </message>
    <message>
        <source>Version {version} could not be unpacked: {why}.</source>
        <translation>Version {version} ließ sich nicht entpacken: {why}.</translation>
    </message>
    <message>
        <source>Version {version} is not here.</source>
        <translation>Version {version} ist nicht hier.</translation>
    </message>
    <message>
        <source>Wait a little, or end it and start again.</source>
        <translation>Warten Sie ein wenig oder beenden Sie ihn und starten Sie neu.</translation>
    </message>
    <message>
        <source>Wait for it, or stop it first.</source>
        <translation>Warten Sie darauf oder halten Sie sie zuerst an.</translation>
    </message>
    <message>
        <source>Web pages that may call the API, like &quot;http://localhost:3000&quot;.</source>
        <translation>Webseiten, die die API aufrufen dürfen, etwa &quot;http://localhost:3000&quot;.</translation>
    </message>
    <message>
        <source>What a kWh costs at night; 0 is the same as by day.</source>
        <translation>Was eine kWh nachts kostet; 0 ist dasselbe wie am Tag.</translation>
    </message>
    <message>
        <source>What a kWh costs you; 0 shows no cost.</source>
        <translation>Was eine kWh Sie kostet; 0 zeigt keine Kosten.</translation>
    </message>
    <message>
        <source>What a model says</source>
        <translation>Was ein Modell sagt</translation>
    </message>
    <message>
        <source>What a model writes cannot act</source>
        <translation>Was ein Modell schreibt, kann nichts tun</translation>
    </message>
    <message>
        <source>What a peer measured on itself and what was measured by asking it stand side by side, each with the number of its samples.</source>
        <translation>Was ein Peer an sich selbst gemessen hat und was durch Fragen gemessen wurde, steht nebeneinander, jeweils mit der Zahl der Messungen.</translation>
    </message>
    <message>
        <source>What answers at the local API&apos;s address does not speak as this program does.</source>
        <translation>Was an der Adresse der lokalen API antwortet, spricht nicht wie dieses Programm.</translation>
    </message>
    <message>
        <source>What checks do not find</source>
        <translation>Was Prüfungen nicht finden</translation>
    </message>
    <message>
        <source>What is not protected</source>
        <translation>Was nicht geschützt ist</translation>
    </message>
    <message>
        <source>What the mesh&apos;s ledger says of this computer does not hold: {problem}.</source>
        <translation>Was das Kontobuch des Mesh über diesen Computer sagt, hält nicht: {problem}.</translation>
    </message>
    <message>
        <source>What was announced as a new version is not genuine.</source>
        <translation>Was als neue Version angekündigt wurde, ist nicht echt.</translation>
    </message>
    <message>
        <source>What was fetched is kept. Go on with it when the network is better.</source>
        <translation>Was geladen wurde, bleibt erhalten. Machen Sie weiter, wenn das Netz besser ist.</translation>
    </message>
    <message>
        <source>Whatever runs with your account can read your chats, settings and model files, as it can read all your documents. Chats are not encrypted on disk.</source>
        <translation>Was mit Ihrem Konto läuft, kann Ihre Chats, Einstellungen und Modelldateien lesen wie alle Ihre Dokumente. Chats sind auf der Festplatte nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>When sharing stops in mid-answer: finish, hand over to another peer, or stop now.</source>
        <translation>Wenn das Teilen mitten in einer Antwort endet: fertig schreiben, an einen anderen Peer übergeben oder sofort aufhören.</translation>
    </message>
    <message>
        <source>When the night price holds, like &quot;22:00-06:00&quot;.</source>
        <translation>Wann der Nachtpreis gilt, etwa &quot;22:00-06:00&quot;.</translation>
    </message>
    <message>
        <source>When to share, like &quot;mon-fri 22:00-07:00&quot;; empty is always.</source>
        <translation>Wann geteilt wird, etwa &quot;mon-fri 22:00-07:00&quot;; leer ist immer.</translation>
    </message>
    <message>
        <source>Where an entry lets anybody ask without being a member, the question passes through it, and it can be read there and by the peer that answers.</source>
        <translation>Wo ein Zugangsknoten alle fragen lässt, die kein Mitglied sind, geht die Frage durch ihn hindurch und kann dort und vom antwortenden Peer gelesen werden.</translation>
    </message>
    <message>
        <source>Where model files lie; empty is the program&apos;s folder.</source>
        <translation>Wo Modelldateien liegen; leer ist der Ordner des Programms.</translation>
    </message>
    <message>
        <source>Where there is no keychain they are files that only your account can read; the window then says so at the top.</source>
        <translation>Wo es keinen Schlüsselbund gibt, sind es Dateien, die nur Ihr Konto lesen kann; das Fenster sagt es dann oben.</translation>
    </message>
    <message>
        <source>Which of its models stands in for which daily model of ours: &quot;ours = theirs&quot;.</source>
        <translation>Welches ihrer Modelle für welches unserer Alltagsmodelle einspringt: &quot;ours = theirs&quot;.</translation>
    </message>
    <message>
        <source>Which proxy downloads go through.</source>
        <translation>Durch welchen Proxy Downloads gehen.</translation>
    </message>
    <message>
        <source>Who asks changes name every day</source>
        <translation>Wer fragt, wechselt jeden Tag den Namen</translation>
    </message>
    <message>
        <source>Whoever has the key of the local API</source>
        <translation>Wer den Schlüssel der lokalen API hat</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>With a context of {context} tokens it fits (engine.context).</source>
        <translation>Mit einem Kontext von {context} Token passt es (engine.context).</translation>
    </message>
    <message>
        <source>Write it as hf:owner/repo/file.gguf; `closedmesh models search` finds some.</source>
        <translation>Schreiben Sie hf:Besitzer/Name/Datei.gguf; `closedmesh models search` findet welche.</translation>
    </message>
    <message>
        <source>Write it as owner/name.</source>
        <translation>Schreiben Sie Besitzer/Name.</translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation>Schreiben Sie etwas.</translation>
    </message>
    <message>
        <source>You paused sharing.</source>
        <translation>Sie haben das Teilen unterbrochen.</translation>
    </message>
    <message>
        <source>You use this computer; it is shared after {idle_minutes} minutes without you.</source>
        <translation>Sie verwenden diesen Computer; er wird nach {idle_minutes} Minuten ohne Sie geteilt.</translation>
    </message>
    <message>
        <source>`closedmesh check --keep` writes them.</source>
        <translation>`closedmesh check --keep` schreibt sie.</translation>
    </message>
    <message>
        <source>`closedmesh credits` lists those that are kept.</source>
        <translation>`closedmesh credits` zeigt, welche aufgehoben sind.</translation>
    </message>
    <message>
        <source>`closedmesh invite list` shows all of them.</source>
        <translation>`closedmesh invite list` zeigt alle.</translation>
    </message>
    <message>
        <source>`closedmesh models list` shows what is here.</source>
        <translation>`closedmesh models list` zeigt, was hier ist.</translation>
    </message>
    <message>
        <source>`closedmesh models search {repo}` lists what it has.</source>
        <translation>`closedmesh models search {repo}` zeigt, was es hat.</translation>
    </message>
    <message>
        <source>`closedmesh settings` lists all of them.</source>
        <translation>`closedmesh settings` zeigt alle.</translation>
    </message>
    <message>
        <source>`closedmesh settings` shows what each setting may be.</source>
        <translation>`closedmesh settings` zeigt, was jede Einstellung sein darf.</translation>
    </message>
    <message>
        <source>`closedmesh status` lists the peers.</source>
        <translation>`closedmesh status` zeigt die Peers.</translation>
    </message>
    <message>
        <source>`closedmesh status` lists them.</source>
        <translation>`closedmesh status` zeigt sie.</translation>
    </message>
    <message>
        <source>`closedmesh status` lists what is shared.</source>
        <translation>`closedmesh status` zeigt, was geteilt wird.</translation>
    </message>
    <message>
        <source>`closedmesh status` says what it found.</source>
        <translation>`closedmesh status` sagt, was er gefunden hat.</translation>
    </message>
    <message>
        <source>a mirror is an address like https://mirror.example</source>
        <translation>ein Spiegelserver ist eine Adresse wie https://mirror.example</translation>
    </message>
    <message>
        <source>battery</source>
        <translation>Akku</translation>
    </message>
    <message>
        <source>can tell {claimed} from {told}</source>
        <translation>kann {claimed} von {told} unterscheiden</translation>
    </message>
    <message>
        <source>can tell {claimed} from {told}, not from {not_told}</source>
        <translation>kann {claimed} von {told} unterscheiden, nicht von {not_told}</translation>
    </message>
    <message>
        <source>cannot be used just now: too many tried</source>
        <translation>kann gerade nicht verwendet werden: zu viele haben es versucht</translation>
    </message>
    <message>
        <source>cannot tell {claimed} from any other quantisation</source>
        <translation>kann {claimed} von keiner anderen Quantisierung unterscheiden</translation>
    </message>
    <message>
        <source>claims to have {value} {what}; more than {limit} are refused</source>
        <translation>will {value} haben ({what}); mehr als {limit} werden abgelehnt</translation>
    </message>
    <message>
        <source>could not be started</source>
        <translation>ließ sich nicht starten</translation>
    </message>
    <message>
        <source>direct</source>
        <translation>direkt</translation>
    </message>
    <message>
        <source>direct, below 1 ms</source>
        <translation>direkt, unter 1 ms</translation>
    </message>
    <message>
        <source>direct, {delay} ms</source>
        <translation>direkt, {delay} ms</translation>
    </message>
    <message>
        <source>does not admit this computer, whose membership was ended</source>
        <translation>lässt diesen Computer nicht ein, dessen Mitgliedschaft beendet wurde</translation>
    </message>
    <message>
        <source>does not name its architecture</source>
        <translation>nennt ihre Bauart nicht</translation>
    </message>
    <message>
        <source>ended with code {code}</source>
        <translation>endete mit Code {code}</translation>
    </message>
    <message>
        <source>from its load</source>
        <translation>aus seiner Auslastung</translation>
    </message>
    <message>
        <source>has a fact of the unknown type {kind}</source>
        <translation>hat eine Angabe der unbekannten Art {kind}</translation>
    </message>
    <message>
        <source>has a list of the unknown type {kind}</source>
        <translation>hat eine Liste der unbekannten Art {kind}</translation>
    </message>
    <message>
        <source>has a tensor at a place that is not aligned</source>
        <translation>hat einen Tensor an einer nicht ausgerichteten Stelle</translation>
    </message>
    <message>
        <source>has a tensor of the unknown type {kind}</source>
        <translation>hat einen Tensor der unbekannten Art {kind}</translation>
    </message>
    <message>
        <source>has a {name} tensor with rows of {dimensions} values</source>
        <translation>hat einen {name}-Tensor mit Zeilen aus {dimensions} Werten</translation>
    </message>
    <message>
        <source>has been used as often as it may be</source>
        <translation>wurde so oft verwendet, wie sie darf</translation>
    </message>
    <message>
        <source>has expired</source>
        <translation>ist abgelaufen</translation>
    </message>
    <message>
        <source>has lists within lists within lists</source>
        <translation>hat Listen in Listen in Listen</translation>
    </message>
    <message>
        <source>has no tensors</source>
        <translation>hat keine Tensoren</translation>
    </message>
    <message>
        <source>has the impossible alignment {alignment}</source>
        <translation>hat die unmögliche Ausrichtung {alignment}</translation>
    </message>
    <message>
        <source>has version {version} of the GGUF format; versions 2 and 3 can be read</source>
        <translation>hat Version {version} des GGUF-Formats; gelesen werden können die Versionen 2 und 3</translation>
    </message>
    <message>
        <source>is not known to the mesh</source>
        <translation>ist dem Mesh nicht bekannt</translation>
    </message>
    <message>
        <source>is not part {number} of {parts} of its model</source>
        <translation>ist nicht Teil {number} von {parts} ihres Modells</translation>
    </message>
    <message>
        <source>is part {number} of {parts}; the first part stands for the model</source>
        <translation>ist Teil {number} von {parts}; der erste Teil steht für das Modell</translation>
    </message>
    <message>
        <source>it holds a password</source>
        <translation>sie enthält ein Kennwort</translation>
    </message>
    <message>
        <source>it is no web address</source>
        <translation>es ist keine Webadresse</translation>
    </message>
    <message>
        <source>it needed about {needed}, {free} were free</source>
        <translation>er brauchte etwa {needed}, {free} waren frei</translation>
    </message>
    <message>
        <source>its name leads nowhere</source>
        <translation>der Name führt nirgendwohin</translation>
    </message>
    <message>
        <source>its name leads to {address}, which is not in public</source>
        <translation>der Name führt zu {address}, und das ist nicht öffentlich</translation>
    </message>
    <message>
        <source>llama.cpp could not read the grammar.</source>
        <translation>llama.cpp konnte die Grammatik nicht lesen.</translation>
    </message>
    <message>
        <source>llama.cpp could not read the model file.</source>
        <translation>llama.cpp konnte die Modelldatei nicht lesen.</translation>
    </message>
    <message>
        <source>macOS opens links only in an application, and this copy is none.</source>
        <translation>macOS öffnet Links nur in einer Anwendung, und diese Kopie ist keine.</translation>
    </message>
    <message>
        <source>only https is used</source>
        <translation>nur https wird verwendet</translation>
    </message>
    <message>
        <source>says that it is part {number} of {parts}</source>
        <translation>sagt, sie sei Teil {number} von {parts}</translation>
    </message>
    <message>
        <source>says {name} is {value}</source>
        <translation>sagt, {name} sei {value}</translation>
    </message>
    <message>
        <source>should hold at least {mb}, but has only {mb_2}</source>
        <translation>müsste mindestens {mb} enthalten, hat aber nur {mb_2}</translation>
    </message>
    <message>
        <source>states {key} twice</source>
        <translation>gibt {key} zweimal an</translation>
    </message>
    <message>
        <source>this place is not on the list of those that are trusted</source>
        <translation>dieser Ort steht nicht auf der Liste der vertrauten</translation>
    </message>
    <message>
        <source>through a relay</source>
        <translation>über ein Relay</translation>
    </message>
    <message>
        <source>through a relay, below 1 ms</source>
        <translation>über ein Relay, unter 1 ms</translation>
    </message>
    <message>
        <source>through a relay, {delay} ms</source>
        <translation>über ein Relay, {delay} ms</translation>
    </message>
    <message>
        <source>told by copies of other owners that agree, without one here; can tell {claimed} from {told}</source>
        <translation>nach Kopien anderer Besitzer, die übereinstimmen, ohne eine eigene; kann {claimed} von {told} unterscheiden</translation>
    </message>
    <message>
        <source>told by copies of other owners that agree, without one here; can tell {claimed} from {told}, not from {not_told}</source>
        <translation>nach Kopien anderer Besitzer, die übereinstimmen, ohne eine eigene; kann {claimed} von {told} unterscheiden, nicht von {not_told}</translation>
    </message>
    <message>
        <source>told by copies of other owners that agree, without one here; cannot tell {claimed} from any other quantisation</source>
        <translation>nach Kopien anderer Besitzer, die übereinstimmen, ohne eine eigene; kann {claimed} von keiner anderen Quantisierung unterscheiden</translation>
    </message>
    <message>
        <source>told by copies of other owners that agree, without one here; of the last {count} they did not</source>
        <translation>nach Kopien anderer Besitzer, die übereinstimmen, ohne eine eigene; bei den letzten {count} taten sie es nicht</translation>
    </message>
    <message>
        <source>was killed by signal {signal} ({name})</source>
        <translation>beendet durch Signal {signal} ({name})</translation>
    </message>
    <message>
        <source>was made for big-endian computers</source>
        <translation>wurde für Big-Endian-Computer gemacht</translation>
    </message>
    <message>
        <source>was refused ({code})</source>
        <translation>wurde abgelehnt ({code})</translation>
    </message>
    <message>
        <source>was withdrawn</source>
        <translation>wurde zurückgezogen</translation>
    </message>
    <message>
        <source>whole machine ({source})</source>
        <translation>ganzes Gerät ({source})</translation>
    </message>
    <message>
        <source>{ahead} before you at peer {short}</source>
        <translation>{ahead} vor Ihnen bei Peer {short}</translation>
    </message>
    <message>
        <source>{command} does not answer: {error}.</source>
        <translation>{command} antwortet nicht: {error}.</translation>
    </message>
    <message>
        <source>{command} refused: {why}</source>
        <translation>{command} hat abgelehnt: {why}</translation>
    </message>
    <message>
        <source>{folder} belongs to another account.</source>
        <translation>{folder} gehört einem anderen Konto.</translation>
    </message>
    <message>
        <source>{folder} is no whole path.</source>
        <translation>{folder} ist kein vollständiger Pfad.</translation>
    </message>
    <message>
        <source>{free} of {total} GB are free; {keep} GB stay free.</source>
        <translation>{free} von {total} GB sind frei; {keep} GB bleiben frei.</translation>
    </message>
    <message>
        <source>{host} could not prove that it is {host_2}: its certificate is not valid.</source>
        <translation>{host} konnte nicht beweisen, dass es {host_2} ist: das Zertifikat ist nicht gültig.</translation>
    </message>
    <message>
        <source>{host} sent something that could not be read</source>
        <translation>{host} schickte etwas Unlesbares</translation>
    </message>
    <message>
        <source>{len} different models of the mesh are called {ref}.</source>
        <translation>{len} verschiedene Modelle des Mesh heißen {ref}.</translation>
    </message>
    <message>
        <source>{names} is missing.</source>
        <translation>{names} fehlt.</translation>
    </message>
    <message>
        <source>{name} arrived twice as the same wrong file: its SHA-256 is not the one announced.</source>
        <translation>{name} kam zweimal als dieselbe falsche Datei an: ihre SHA-256 ist nicht die angekündigte.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {strerror}.</source>
        <translation>{name} kann nicht gelesen werden: {strerror}.</translation>
    </message>
    <message>
        <source>{name} could not be read within {pdf_seconds} seconds.</source>
        <translation>{name} konnte nicht innerhalb von {pdf_seconds} Sekunden gelesen werden.</translation>
    </message>
    <message>
        <source>{name} could not be read: {error}.</source>
        <translation>{name} konnte nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>{name} could not be written: {error}.</source>
        <translation>{name} konnte nicht geschrieben werden: {error}.</translation>
    </message>
    <message>
        <source>{name} could not be written: {value}.</source>
        <translation>{name} konnte nicht geschrieben werden: {value}.</translation>
    </message>
    <message>
        <source>{name} does not list this computer, so nobody asks it.</source>
        <translation>{name} führt diesen Computer nicht auf, deshalb fragt ihn niemand.</translation>
    </message>
    <message>
        <source>{name} has {int} bytes on the server; {size} were announced.</source>
        <translation>{name} hat auf dem Server {int} Bytes; angekündigt waren {size}.</translation>
    </message>
    <message>
        <source>{name} has {size} GB, and the disk of the model folder has {disk_free} GB free.</source>
        <translation>{name} hat {size} GB, und auf der Festplatte des Modellordners sind {disk_free} GB frei.</translation>
    </message>
    <message>
        <source>{name} has {size} MB; at most {most} MB are taken.</source>
        <translation>{name} hat {size} MB; höchstens {most} MB werden genommen.</translation>
    </message>
    <message>
        <source>{name} holds no text.</source>
        <translation>{name} enthält keinen Text.</translation>
    </message>
    <message>
        <source>{name} holds pictures of text, not text.</source>
        <translation>{name} enthält Bilder von Text, keinen Text.</translation>
    </message>
    <message>
        <source>{name} is damaged, or is no PDF that can be read.</source>
        <translation>{name} ist beschädigt oder kein lesbares PDF.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>{name} is locked with a password.</source>
        <translation>{name} ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>{name} is no file.</source>
        <translation>{name} ist keine Datei.</translation>
    </message>
    <message>
        <source>{name} is not on this computer; take it in or choose another chat.model.</source>
        <translation>{name} ist nicht auf diesem Computer; nehmen Sie es auf oder wählen Sie ein anderes chat.model.</translation>
    </message>
    <message>
        <source>{name} is one of several parts.</source>
        <translation>{name} ist einer von mehreren Teilen.</translation>
    </message>
    <message>
        <source>{name} is one of {parts} parts, and its name does not say so.</source>
        <translation>{name} ist einer von {parts} Teilen, und der Name sagt es nicht.</translation>
    </message>
    <message>
        <source>{name} is {count}; at most {max_repetition} is taken.</source>
        <translation>{name} ist {count}; höchstens {max_repetition} wird angenommen.</translation>
    </message>
    <message>
        <source>{name} vanished after it was copied.</source>
        <translation>{name} verschwand, nachdem es kopiert war.</translation>
    </message>
    <message>
        <source>{new} has a file {clash} already.</source>
        <translation>{new} hat schon eine Datei {clash}.</translation>
    </message>
    <message>
        <source>{page} is no table.</source>
        <translation>{page} ist keine Tabelle.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {error}.</source>
        <translation>{path} lässt sich nicht öffnen: {error}.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}.</source>
        <translation>{path} lässt sich nicht schreiben: {strerror}.</translation>
    </message>
    <message>
        <source>{path} could not be removed: {strerror}.</source>
        <translation>{path} konnte nicht entfernt werden: {strerror}.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of ClosedMesh.</source>
        <translation>{path} wurde von einer neueren Version von ClosedMesh geschrieben.</translation>
    </message>
    <message>
        <source>{queued} questions wait already.</source>
        <translation>{queued} Fragen warten schon.</translation>
    </message>
    <message>
        <source>{repo} has no file {path} on the hub.</source>
        <translation>{repo} hat auf dem Hub keine Datei {path}.</translation>
    </message>
    <message>
        <source>{repo} is no repository.</source>
        <translation>{repo} ist kein Repository.</translation>
    </message>
    <message>
        <source>{requests} already for {title}; the last of them has its turn in about {wait} s.</source>
        <translation>{requests} warten schon auf {title}; die letzte ist in etwa {wait} s an der Reihe.</translation>
    </message>
    <message>
        <source>{source} cannot be read: {strerror}.</source>
        <translation>{source} lässt sich nicht lesen: {strerror}.</translation>
    </message>
    <message>
        <source>{source} could not be copied: {strerror}.</source>
        <translation>{source} konnte nicht kopiert werden: {strerror}.</translation>
    </message>
    <message>
        <source>{stated} credits are stated, {follow} follow from tokens and model.</source>
        <translation>Angegeben sind {stated} Credits, aus Token und Modell folgen {follow}.</translation>
    </message>
    <message>
        <source>{text} is no file on the hub.</source>
        <translation>{text} ist keine Datei auf dem Hub.</translation>
    </message>
    <message>
        <source>{title} cannot be used.</source>
        <translation>{title} kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{title} comes with the program and not from the hub.</source>
        <translation>{title} kommt mit dem Programm und nicht vom Hub.</translation>
    </message>
    <message>
        <source>{title} does not lie in the model folder.</source>
        <translation>{title} liegt nicht im Modellordner.</translation>
    </message>
    <message>
        <source>{title} is no longer on this computer.</source>
        <translation>{title} ist nicht mehr auf diesem Computer.</translation>
    </message>
    <message>
        <source>{title} needs {gb} with a context of {context} tokens; {gb_2} are free, of which {gb_3} stay free for other programs.</source>
        <translation>{title} braucht {gb} mit einem Kontext von {context} Token; {gb_2} sind frei, davon bleiben {gb_3} für andere Programme frei.</translation>
    </message>
    <message>
        <source>{title} needs {needed} GB more, and the disk of the model folder has {free} GB free.</source>
        <translation>{title} braucht {needed} GB mehr, und auf der Festplatte des Modellordners sind {free} GB frei.</translation>
    </message>
    <message>
        <source>{title} was in use all the time, or said too little.</source>
        <translation>{title} wurde die ganze Zeit verwendet oder sagte zu wenig.</translation>
    </message>
    <message>
        <source>{title} was taken out of memory.</source>
        <translation>{title} wurde aus dem Speicher genommen.</translation>
    </message>
    <message>
        <source>{value} is no value for {name}: {reason}.</source>
        <translation>{value} ist kein Wert für {name}: {reason}.</translation>
    </message>
    <message>
        <source>{what} is not on the hub.</source>
        <translation>{what} gibt es auf dem Hub nicht.</translation>
    </message>
    <message>
        <source>{why} Use it only if you know where it comes from.</source>
        <translation>{why} Verwenden Sie es nur, wenn Sie wissen, woher es kommt.</translation>
    </message>
    <message>
        <source>{words}, and {max_tries} tries changed nothing.</source>
        <translation>{words}, und {max_tries} Versuche änderten nichts.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source> times</source>
        <comment>of an invite: 3 times</comment>
        <translation>-mal</translation>
    </message>
    <message>
        <source>0 always takes the likeliest word.</source>
        <translation>0 nimmt immer das wahrscheinlichste Wort.</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>12 h</source>
        <comment>ago</comment>
        <translation>12 h</translation>
    </message>
    <message>
        <source>18 h</source>
        <comment>ago</comment>
        <translation>18 h</translation>
    </message>
    <message>
        <source>24 h ago</source>
        <translation>vor 24 h</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>6 h</source>
        <comment>ago</comment>
        <translation>6 h</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>A fresh one for each answer</source>
        <translation>Für jede Antwort ein neuer</translation>
    </message>
    <message>
        <source>A seed is a whole number from 0 to 2^63 - 1, or nothing.</source>
        <translation>Ein Startwert ist eine ganze Zahl von 0 bis 2^63 − 1 oder leer.</translation>
    </message>
    <message>
        <source>A token is kept in the keychain. It goes to the hub and to nobody else.</source>
        <translation>Ein Token liegt im Schlüsselbund. Es geht an den Hub und an niemanden sonst.</translation>
    </message>
    <message>
        <source>About ClosedMesh</source>
        <translation>Über ClosedMesh</translation>
    </message>
    <message>
        <source>Above 1 repeats less; 1 is off.</source>
        <translation>Über 1 wiederholt weniger; 1 ist aus.</translation>
    </message>
    <message>
        <source>Act on verdicts (entry)</source>
        <translation>Nach Urteilen handeln (Zugangsknoten)</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Activity page</source>
        <translation>Seite „Aktivität“</translation>
    </message>
    <message>
        <source>Add a computer of mine…</source>
        <translation>Eigenen Computer hinzufügen …</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Address of the local API</source>
        <translation>Adresse der lokalen API</translation>
    </message>
    <message>
        <source>Address of the provider</source>
        <translation>Adresse des Anbieters</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse des Proxys</translation>
    </message>
    <message>
        <source>After the current request</source>
        <translation>Nach der laufenden Anfrage</translation>
    </message>
    <message>
        <source>All of them hold.</source>
        <translation>Alle sind in Ordnung.</translation>
    </message>
    <message>
        <source>All receipts are being checked…</source>
        <translation>Alle Quittungen werden geprüft…</translation>
    </message>
    <message>
        <source>Allowed web pages</source>
        <translation>Erlaubte Webseiten</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>Allein</translation>
    </message>
    <message>
        <source>An invite to {mesh}.</source>
        <translation>Eine Einladung zu {mesh}.</translation>
    </message>
    <message>
        <source>An invite was opened, but this computer is a member of {mesh} already. Leave it first.</source>
        <translation>Eine Einladung wurde geöffnet, aber dieser Computer ist schon Mitglied von {mesh}. Verlassen Sie es zuerst.</translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Angegeben</translation>
    </message>
    <message>
        <source>Another computer of mine</source>
        <translation>Ein weiterer eigener Computer</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Noch einmal antworten</translation>
    </message>
    <message>
        <source>Answer again; this answer is kept</source>
        <translation>Noch einmal antworten; diese Antwort bleibt erhalten</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>Beantwortet von</translation>
    </message>
    <message>
        <source>Answered by another member&apos;s computer or a provider outside: others can read this.</source>
        <translation>Antwort vom Computer eines anderen Mitglieds oder von einem Anbieter außerhalb: andere können das lesen.</translation>
    </message>
    <message>
        <source>Answered by another member&apos;s computer: others can read this.</source>
        <translation>Antwort vom Computer eines anderen Mitglieds: andere können das lesen.</translation>
    </message>
    <message>
        <source>Answered by this computer</source>
        <translation>Von diesem Computer beantwortet</translation>
    </message>
    <message>
        <source>Answered here if this computer has the model, else by another member&apos;s computer.</source>
        <translation>Antwort von hier, wenn dieser Computer das Modell hat, sonst vom Computer eines anderen Mitglieds.</translation>
    </message>
    <message>
        <source>Answered here if this computer has the model, else by the mesh: others can read this then.</source>
        <translation>Antwort von hier, wenn dieser Computer das Modell hat, sonst aus dem Mesh: dann können andere das lesen.</translation>
    </message>
    <message>
        <source>Answered on this computer: nothing you write leaves it.</source>
        <translation>Antwort von diesem Computer: nichts, was Sie schreiben, verlässt ihn.</translation>
    </message>
    <message numerus="yes">
        <source>Answering your question</source>
        <comment>Answering {n} of your questions</comment>
        <translation>
            <numerusform>Beantwortet Ihre Frage</numerusform>
            <numerusform>Beantwortet {n} Ihrer Fragen</numerusform>
        </translation>
    </message>
    <message>
        <source>Answers in progress are finished when sharing stops.</source>
        <translation>Laufende Antworten werden fertig geschrieben, wenn das Teilen endet.</translation>
    </message>
    <message>
        <source>Answers in progress end at once when sharing stops.</source>
        <translation>Laufende Antworten brechen sofort ab, wenn das Teilen endet.</translation>
    </message>
    <message>
        <source>Answers in progress go on at another peer when sharing stops.</source>
        <translation>Laufende Antworten gehen bei einem anderen Peer weiter, wenn das Teilen endet.</translation>
    </message>
    <message>
        <source>Answers in progress when sharing stops</source>
        <translation>Laufende Antworten, wenn das Teilen endet</translation>
    </message>
    <message>
        <source>As long as it fits</source>
        <translation>So lang, wie Platz ist</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Ask the mesh</source>
        <translation>Das Mesh fragen</translation>
    </message>
    <message>
        <source>Ask the mesh and share a computer</source>
        <translation>Das Mesh fragen und einen Computer teilen</translation>
    </message>
    <message>
        <source>Asked by this computer</source>
        <translation>Von diesem Computer gefragt</translation>
    </message>
    <message>
        <source>Asking the hub for the files…</source>
        <translation>Der Hub wird nach den Dateien gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>Asking the hub…</source>
        <translation>Der Hub wird gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>At most {number} GB sent a month</source>
        <translation>Höchstens {number} GB im Monat gesendet</translation>
    </message>
    <message>
        <source>At most {number} credits a day (not money)</source>
        <translation>Höchstens {number} Credits am Tag (kein Geld)</translation>
    </message>
    <message>
        <source>At most {n} files go with a message.</source>
        <translation>Höchstens {n} Dateien gehen mit einer Nachricht mit.</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Datei anhängen</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zum Standard</translation>
    </message>
    <message>
        <source>Back to what was found</source>
        <translation>Zurück zu den Treffern</translation>
    </message>
    <message>
        <source>Begin a line in the message</source>
        <translation>Neue Zeile in der Nachricht</translation>
    </message>
    <message>
        <source>Behind a proxy</source>
        <translation>Hinter einem Proxy</translation>
    </message>
    <message>
        <source>Being read into memory…</source>
        <translation>Wird in den Speicher gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Both sides have signed; nobody settles them yet.</source>
        <translation>Beide Seiten haben unterschrieben; noch rechnet niemand sie ab.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change the rules…</source>
        <translation>Regeln ändern&#xa0;…</translation>
    </message>
    <message>
        <source>Charge to keep (%)</source>
        <translation>Ladung, die bleibt (%)</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Chat page</source>
        <translation>Seite „Chat“</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Chats, models, keys and the membership cannot be brought back. This will be removed:</source>
        <translation>Chats, Modelle, Schlüssel und die Mitgliedschaft lassen sich nicht wiederherstellen. Das wird entfernt:</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Check all of them</source>
        <translation>Alle prüfen</translation>
    </message>
    <message>
        <source>Checked: the file has the SHA-256 on record, byte for byte.</source>
        <translation>Geprüft: Die Datei hat Byte für Byte die bekannte SHA-256.</translation>
    </message>
    <message>
        <source>Checking and copying the file…</source>
        <translation>Die Datei wird geprüft und kopiert&#xa0;…</translation>
    </message>
    <message>
        <source>Checking what is here already</source>
        <translation>Prüft, was schon da ist</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft&#xa0;…</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close to the tray</source>
        <translation>In die Leiste schließen</translation>
    </message>
    <message>
        <source>ClosedMesh keeps running</source>
        <translation>ClosedMesh läuft weiter</translation>
    </message>
    <message>
        <source>ClosedMesh {version}

A peer-to-peer mesh for LLM inference on hardware that people already own.

Apache License 2.0</source>
        <translation>ClosedMesh {version}

Ein Peer-to-Peer-Mesh, in dem Sprachmodelle auf Geräten rechnen, die Menschen schon besitzen.

Apache-Lizenz 2.0</translation>
    </message>
    <message>
        <source>ClosedMesh: not running</source>
        <translation>ClosedMesh: läuft nicht</translation>
    </message>
    <message>
        <source>ClosedMesh: starting…</source>
        <translation>ClosedMesh: startet&#xa0;…</translation>
    </message>
    <message>
        <source>ClosedMesh: {state}</source>
        <translation>ClosedMesh: {state}</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Comparing its SHA-256</source>
        <translation>Vergleicht die SHA-256</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connected: {way}</source>
        <translation>Verbunden: {way}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut&#xa0;…</translation>
    </message>
    <message>
        <source>Context (tokens)</source>
        <translation>Kontext (Token)</translation>
    </message>
    <message>
        <source>Conversations at a time</source>
        <translation>Gleichzeitige Unterhaltungen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy local API address</source>
        <translation>Adresse der lokalen API kopieren</translation>
    </message>
    <message>
        <source>Copy my peer id</source>
        <translation>Meine Peer-ID kopieren</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation>Diesen Code kopieren</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>Diese Nachricht kopieren</translation>
    </message>
    <message>
        <source>Could not be loaded</source>
        <translation>Konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Credits</translation>
    </message>
    <message>
        <source>Credits a day (not money)</source>
        <translation>Credits am Tag (kein Geld)</translation>
    </message>
    <message>
        <source>Credits a day, then stop (not money)</source>
        <translation>Credits am Tag, dann aufhören (kein Geld)</translation>
    </message>
    <message>
        <source>Credits are not money.</source>
        <translation>Credits sind kein Geld.</translation>
    </message>
    <message>
        <source>Credits are not money: they only decide who goes first.</source>
        <translation>Credits sind kein Geld: Sie entscheiden nur, wer zuerst an die Reihe kommt.</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Default: {title}</source>
        <translation>Standard: {title}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deleted “{title}”</source>
        <translation>„{title}“ gelöscht</translation>
    </message>
    <message>
        <source>Diagnostic report</source>
        <translation>Diagnosebericht</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Download speed (MB/s)</source>
        <translation>Download-Tempo (MB/s)</translation>
    </message>
    <message>
        <source>Drop oldest</source>
        <translation>Älteste weglassen</translation>
    </message>
    <message>
        <source>During calls</source>
        <translation>Während Gesprächen</translation>
    </message>
    <message>
        <source>During full-screen programs</source>
        <translation>Während Vollbild-Programmen</translation>
    </message>
    <message>
        <source>Edit; this version is kept</source>
        <translation>Ändern; diese Fassung bleibt erhalten</translation>
    </message>
    <message>
        <source>Editing an earlier message; the old version is kept.</source>
        <translation>Eine frühere Nachricht wird geändert; die alte Fassung bleibt erhalten.</translation>
    </message>
    <message>
        <source>End the membership of peer {peer}?</source>
        <translation>Mitgliedschaft von Peer {peer} beenden?</translation>
    </message>
    <message>
        <source>End this membership…</source>
        <translation>Diese Mitgliedschaft beenden&#xa0;…</translation>
    </message>
    <message>
        <source>Energy of answers a day</source>
        <translation>Energie der Antworten am Tag</translation>
    </message>
    <message>
        <source>Energy of answers a day, above idle</source>
        <translation>Energie der Antworten am Tag, über dem Leerlauf</translation>
    </message>
    <message>
        <source>Estimated: {source}.</source>
        <translation>Geschätzt: {source}.</translation>
    </message>
    <message>
        <source>Everything about this receipt holds</source>
        <translation>An dieser Quittung ist alles in Ordnung</translation>
    </message>
    <message>
        <source>Everything here can be changed later. Nothing is reported to anybody.</source>
        <translation>Alles hier lässt sich später ändern. Nichts wird an irgendjemanden gemeldet.</translation>
    </message>
    <message>
        <source>Everything said in this chat so far goes along with the next question, and whoever answers can read it. A new chat would hold nothing of it.</source>
        <translation>Alles, was in diesem Chat bisher gesagt wurde, geht mit der nächsten Frage mit, und wer antwortet, kann es lesen. Ein neuer Chat enthielte nichts davon.</translation>
    </message>
    <message>
        <source>Explain in three sentences how a rainbow is made.</source>
        <translation>Erkläre in drei Sätzen, wie ein Regenbogen entsteht.</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren…</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>Als JSON exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Export as Markdown…</source>
        <translation>Als Markdown exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>Chat exportieren</translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation>Einstellungen exportieren</translation>
    </message>
    <message>
        <source>Export settings…</source>
        <translation>Einstellungen exportieren …</translation>
    </message>
    <message>
        <source>Export the receipts</source>
        <translation>Quittungen exportieren</translation>
    </message>
    <message>
        <source>Fetch first</source>
        <translation>Zuerst laden</translation>
    </message>
    <message>
        <source>Fetch from members too</source>
        <translation>Auch von Mitgliedern laden</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Files of Ollama, LM Studio and Hugging Face can be used where they lie.</source>
        <translation>Dateien von Ollama, LM Studio und Hugging Face können dort verwendet werden, wo sie liegen.</translation>
    </message>
    <message>
        <source>Find members nearby</source>
        <translation>Mitglieder in der Nähe finden</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig schreiben</translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>Folder of everything this program keeps</source>
        <translation>Ordner mit allem, was dieses Programm aufbewahrt</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>For programs on this computer</source>
        <translation>Für Programme auf diesem Computer</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Free memory after (minutes)</source>
        <translation>Speicher freigeben nach (Minuten)</translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation>Speicher freigeben</translation>
    </message>
    <message>
        <source>Free the memory now (nothing is loaded)</source>
        <translation>Speicher jetzt freigeben (nichts ist geladen)</translation>
    </message>
    <message>
        <source>Free the memory now ({size})</source>
        <translation>Speicher jetzt freigeben ({size})</translation>
    </message>
    <message>
        <source>Freeing memory…</source>
        <translation>Speicher wird freigegeben&#xa0;…</translation>
    </message>
    <message>
        <source>Gated models</source>
        <translation>Zugangsbeschränkte Modelle</translation>
    </message>
    <message>
        <source>Get models</source>
        <translation>Modelle holen</translation>
    </message>
    <message>
        <source>Get {size}</source>
        <translation>{size} laden</translation>
    </message>
    <message>
        <source>Get {title} as well ({size}); it is more able, and arrives while you chat</source>
        <translation>Auch {title} laden ({size}); es kann mehr und kommt, während Sie chatten</translation>
    </message>
    <message>
        <source>Get {title} as well ({size}); this network costs by the byte</source>
        <translation>Auch {title} laden ({size}); dieses Netz kostet nach Menge</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Give way to other programs</source>
        <translation>Anderen Programmen Platz machen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Guess ahead</source>
        <translation>Vorausraten</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Have it ready</source>
        <translation>Bereithalten</translation>
    </message>
    <message>
        <source>Held back: it is not used until you say so</source>
        <translation>Zurückgehalten: wird erst verwendet, wenn Sie es sagen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Hide the address from peers</source>
        <translation>Adresse vor Peers verbergen</translation>
    </message>
    <message>
        <source>Holds from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Holds when a model is loaded next.</source>
        <translation>Gilt, wenn das nächste Mal ein Modell geladen wird.</translation>
    </message>
    <message>
        <source>Hours and days</source>
        <translation>Stunden und Tage</translation>
    </message>
    <message>
        <source>How long it can be used</source>
        <translation>Wie lange sie verwendet werden kann</translation>
    </message>
    <message>
        <source>How often it can be used</source>
        <translation>Wie oft sie verwendet werden kann</translation>
    </message>
    <message>
        <source>How reached</source>
        <translation>Wie erreicht</translation>
    </message>
    <message>
        <source>How this chat is asked</source>
        <translation>Wie in diesem Chat gefragt wird</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>Import a GGUF file…</source>
        <translation>GGUF-Datei importieren&#xa0;…</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Modell importieren</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>Import settings…</source>
        <translation>Einstellungen importieren …</translation>
    </message>
    <message>
        <source>In memory: {size}</source>
        <translation>Im Speicher: {size}</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>In tokens.</source>
        <translation>In Token.</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Invite someone</source>
        <translation>Jemanden einladen</translation>
    </message>
    <message>
        <source>Invite someone…</source>
        <translation>Jemanden einladen&#xa0;…</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>It allows to</source>
        <translation>Sie erlaubt</translation>
    </message>
    <message>
        <source>It answers others as soon as somebody asks.</source>
        <translation>Er antwortet anderen, sobald jemand fragt.</translation>
    </message>
    <message numerus="yes">
        <source>It answers {n} question of others now.</source>
        <comment>It answers {n} questions of others now.</comment>
        <translation>
            <numerusform>Er beantwortet gerade {n} Frage anderer.</numerusform>
            <numerusform>Er beantwortet gerade {n} Fragen anderer.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be used</source>
        <translation>Verwendbar</translation>
    </message>
    <message numerus="yes">
        <source>It can be used once until {moment}. It is shown only now.</source>
        <comment>It can be used {n} times until {moment}. It is shown only now.</comment>
        <translation>
            <numerusform>Er kann bis {moment} einmal verwendet werden. Er wird nur jetzt gezeigt.</numerusform>
            <numerusform>Er kann bis {moment} {n}-mal verwendet werden. Er wird nur jetzt gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be used until {moment}.</source>
        <translation>Sie gilt bis {moment}.</translation>
    </message>
    <message>
        <source>It could not be written: {reason}.</source>
        <translation>Er konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>It has no model in the GGUF format.</source>
        <translation>Es gibt dort kein Modell im GGUF-Format.</translation>
    </message>
    <message>
        <source>It is shut out within a minute, and joining again takes an invite.</source>
        <translation>Er wird innerhalb einer Minute ausgesperrt; für einen neuen Beitritt ist eine Einladung nötig.</translation>
    </message>
    <message>
        <source>It is started with the next start.</source>
        <translation>Sie wird beim nächsten Start gestartet.</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>Ihr Name:</translation>
    </message>
    <message>
        <source>Its owner asks you to agree to terms on its page.</source>
        <translation>Der Besitzer bittet Sie, auf der Seite des Modells Bedingungen zuzustimmen.</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Beitritt läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Keep as preset</source>
        <translation>Als Vorlage behalten</translation>
    </message>
    <message>
        <source>Keep as preset…</source>
        <translation>Als Vorlage behalten …</translation>
    </message>
    <message>
        <source>Keep earlier conversations on disk</source>
        <translation>Frühere Unterhaltungen auf der Festplatte behalten</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Alles behalten</translation>
    </message>
    <message>
        <source>Keep free (MiB)</source>
        <translation>Frei lassen (MiB)</translation>
    </message>
    <message>
        <source>Keep free on the disk (GB)</source>
        <translation>Auf der Festplatte frei lassen (GB)</translation>
    </message>
    <message>
        <source>Keep the token</source>
        <translation>Token aufbewahren</translation>
    </message>
    <message>
        <source>Kept, because you chose it: {place}</source>
        <translation>Bleibt, weil Sie es gewählt haben: {place}</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key of the local API</source>
        <translation>Schlüssel der lokalen API</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts…</source>
        <translation>Tastenkürzel&#xa0;…</translation>
    </message>
    <message>
        <source>Keys, passwords and chats are never in it.</source>
        <translation>Schlüssel, Passwörter und Chats sind nie darin.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Layers on the graphics card</source>
        <translation>Schichten auf der Grafikkarte</translation>
    </message>
    <message>
        <source>Leave out the oldest messages when the chat is too long</source>
        <translation>Die ältesten Nachrichten weglassen, wenn der Chat zu lang wird</translation>
    </message>
    <message>
        <source>Leave out {name}</source>
        <translation>{name} weglassen</translation>
    </message>
    <message>
        <source>Leave the mesh…</source>
        <translation>Mesh verlassen&#xa0;…</translation>
    </message>
    <message>
        <source>Leave the message as it was</source>
        <translation>Nachricht lassen, wie sie war</translation>
    </message>
    <message>
        <source>Leave {name}?</source>
        <translation>{name} verlassen?</translation>
    </message>
    <message>
        <source>Leaves out tokens far less likely than the best.</source>
        <translation>Lässt Token weg, die viel unwahrscheinlicher sind als das beste.</translation>
    </message>
    <message>
        <source>Let anybody ask</source>
        <translation>Alle fragen lassen</translation>
    </message>
    <message>
        <source>Let this chat leave this computer?</source>
        <translation>Darf dieser Chat diesen Computer verlassen?</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Link of the invite</source>
        <translation>Link der Einladung</translation>
    </message>
    <message>
        <source>Links open here while the program is installed: its installer told the system so.</source>
        <translation>Links werden hier geöffnet, solange das Programm installiert ist: Sein Installationsprogramm hat das so eingetragen.</translation>
    </message>
    <message>
        <source>Lists chats, models, keys and what else there is, and asks once.</source>
        <translation>Zeigt Chats, Modelle, Schlüssel und was es sonst gibt, und fragt einmal.</translation>
    </message>
    <message>
        <source>Load into memory</source>
        <translation>In den Speicher laden</translation>
    </message>
    <message>
        <source>Loading {title}…</source>
        <translation>{title} wird geladen&#xa0;…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen&#xa0;…</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>Longest answer (tokens)</source>
        <translation>Längste Antwort (Token)</translation>
    </message>
    <message>
        <source>Longest queue</source>
        <translation>Längste Warteschlange</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal ansehen</translation>
    </message>
    <message>
        <source>Look at {file} and the space left on its disk.</source>
        <translation>Prüfen Sie {file} und den freien Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Look for them</source>
        <translation>Danach suchen</translation>
    </message>
    <message>
        <source>Looking at everything that can be wrong…</source>
        <translation>Alles, was nicht stimmen kann, wird geprüft …</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Dieser Computer wird angesehen&#xa0;…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Make a new key?</source>
        <translation>Neuen Schlüssel erzeugen?</translation>
    </message>
    <message>
        <source>Make the invite</source>
        <translation>Einladung erstellen</translation>
    </message>
    <message>
        <source>Make this computer one of owner {owner}?</source>
        <translation>Diesen Computer dem Eigentümer {owner} zuordnen?</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Measure speed while idle</source>
        <translation>Tempo in Ruhe messen</translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation>Hier gemessen</translation>
    </message>
    <message>
        <source>Measured here; a connection is opened when it is needed</source>
        <translation>Hier gemessen; eine Verbindung wird geöffnet, wenn sie gebraucht wird</translation>
    </message>
    <message>
        <source>Measured: {source}.</source>
        <translation>Gemessen: {source}.</translation>
    </message>
    <message>
        <source>Member of {mesh} already</source>
        <translation>Schon Mitglied von {mesh}</translation>
    </message>
    <message>
        <source>Memory for earlier conversations (MiB)</source>
        <translation>Speicher für frühere Unterhaltungen (MiB)</translation>
    </message>
    <message>
        <source>Memory of conversations</source>
        <translation>Speicherform der Unterhaltungen</translation>
    </message>
    <message>
        <source>Memory that other programs need stays free</source>
        <translation>Speicher, den andere Programme brauchen, bleibt frei</translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation>Mesh</translation>
    </message>
    <message>
        <source>Mesh page</source>
        <translation>Seite „Mesh“</translation>
    </message>
    <message>
        <source>Mesh, else outside</source>
        <translation>Mesh, sonst außerhalb</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Messages are processed on other people&apos;s computers. They can read them.</source>
        <translation>Nachrichten werden auf den Computern anderer Menschen verarbeitet. Diese können sie lesen.</translation>
    </message>
    <message>
        <source>Min p</source>
        <translation>Min p</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegelserver</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model files to members (MB/s)</source>
        <translation>Modelldateien an Mitglieder (MB/s)</translation>
    </message>
    <message>
        <source>Model files together (GB)</source>
        <translation>Modelldateien zusammen (GB)</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Model: none</source>
        <translation>Modell: keines</translation>
    </message>
    <message>
        <source>Model: {title}</source>
        <translation>Modell: {title}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>Modelle (*.gguf);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Models for others</source>
        <translation>Modelle für andere</translation>
    </message>
    <message>
        <source>Models of other programs</source>
        <translation>Modelle anderer Programme</translation>
    </message>
    <message>
        <source>Models of the provider</source>
        <translation>Modelle des Anbieters</translation>
    </message>
    <message>
        <source>Models page</source>
        <translation>Seite „Modelle“</translation>
    </message>
    <message>
        <source>Most in a day: {amount}</source>
        <translation>Meistes an einem Tag: {amount}</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Move all models to</source>
        <translation>Alle Modelle verschieben nach</translation>
    </message>
    <message>
        <source>Move the folder…</source>
        <translation>Ordner verschieben&#xa0;…</translation>
    </message>
    <message>
        <source>Moving the models…</source>
        <translation>Die Modelle werden verschoben&#xa0;…</translation>
    </message>
    <message>
        <source>My computers</source>
        <translation>Meine Computer</translation>
    </message>
    <message>
        <source>My peer id: {id}</source>
        <translation>Meine Peer-ID: {id}</translation>
    </message>
    <message>
        <source>Neither is switched on by itself, and both take effect at once.</source>
        <translation>Keines von beiden schaltet sich von selbst ein, und beides gilt sofort.</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>Neuer Schlüssel&#xa0;…</translation>
    </message>
    <message>
        <source>New versions</source>
        <translation>Neue Versionen</translation>
    </message>
    <message>
        <source>Next or previous control</source>
        <translation>Nächstes oder voriges Bedienelement</translation>
    </message>
    <message>
        <source>Night hours</source>
        <translation>Nachtstunden</translation>
    </message>
    <message>
        <source>No answer has gone through the mesh yet.</source>
        <translation>Noch ist keine Antwort durch das Mesh gegangen.</translation>
    </message>
    <message>
        <source>No chat holds these words.</source>
        <translation>Kein Chat enthält diese Wörter.</translation>
    </message>
    <message>
        <source>No credits are settled yet.</source>
        <translation>Es sind noch keine Credits abgerechnet.</translation>
    </message>
    <message>
        <source>No entry answers; known peers are still asked.</source>
        <translation>Kein Zugangsknoten antwortet; bekannte Peers werden weiter gefragt.</translation>
    </message>
    <message>
        <source>No longer pinned</source>
        <translation>Nicht mehr anheften</translation>
    </message>
    <message>
        <source>No model is on this computer yet. Models can be had on the Models page.</source>
        <translation>Auf diesem Computer ist noch kein Modell. Auf der Seite „Modelle“ gibt es welche.</translation>
    </message>
    <message>
        <source>No model is on this computer. Open Models and import a GGUF file.</source>
        <translation>Auf diesem Computer ist kein Modell. Öffnen Sie „Modelle“ und importieren Sie eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>No model on this computer</source>
        <translation>Kein Modell auf diesem Computer</translation>
    </message>
    <message>
        <source>No other computer is connected, and none is tried. Paste an invite to join one.</source>
        <translation>Kein anderer Computer ist verbunden, und es wird keiner gesucht. Fügen Sie eine Einladung ein, um beizutreten.</translation>
    </message>
    <message>
        <source>No preset</source>
        <translation>Keine Vorlage</translation>
    </message>
    <message>
        <source>No question is being answered</source>
        <translation>Es wird keine Frage beantwortet</translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message>
        <source>Nobody else can use it, and nothing runs here for others.</source>
        <translation>Niemand sonst kann ihn verwenden, und hier läuft nichts für andere.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>None was made yet.</source>
        <translation>Es wurde noch keine erstellt.</translation>
    </message>
    <message>
        <source>None were found.</source>
        <translation>Keine gefunden.</translation>
    </message>
    <message>
        <source>Not above (°C)</source>
        <translation>Nicht über (°C)</translation>
    </message>
    <message>
        <source>Not above {degrees} °C</source>
        <translation>Nicht über {degrees} °C</translation>
    </message>
    <message>
        <source>Not on battery</source>
        <translation>Nicht im Akkubetrieb</translation>
    </message>
    <message>
        <source>Not on networks that cost by the byte</source>
        <translation>Nicht in Netzen, die nach Menge kosten</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Not sharing now</source>
        <translation>Wird gerade nicht geteilt</translation>
    </message>
    <message>
        <source>Not sharing now: {reason}</source>
        <translation>Teilt gerade nicht: {reason}</translation>
    </message>
    <message>
        <source>Not while a program fills the screen</source>
        <translation>Nicht, während ein Programm den Bildschirm füllt</translation>
    </message>
    <message>
        <source>Not while the microphone or the camera is in use</source>
        <translation>Nicht, während Mikrofon oder Kamera benutzt werden</translation>
    </message>
    <message>
        <source>Nothing in these days.</source>
        <translation>Nichts in diesen Tagen.</translation>
    </message>
    <message>
        <source>Nothing was answered through the mesh in this time.</source>
        <translation>In dieser Zeit wurde nichts durch das Mesh beantwortet.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Sofort</translation>
    </message>
    <message>
        <source>Of the program, as the peer says</source>
        <translation>Des Programms, nach Angabe des Peers</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Im Akkubetrieb</translation>
    </message>
    <message>
        <source>On battery only above {percent}</source>
        <translation>Im Akkubetrieb nur über {percent}</translation>
    </message>
    <message>
        <source>On disk; it is read into memory at its first question</source>
        <translation>Auf der Festplatte; bei der ersten Frage wird es in den Speicher gelesen</translation>
    </message>
    <message>
        <source>On networks that cost by the byte</source>
        <translation>In Netzen, die nach Menge kosten</translation>
    </message>
    <message>
        <source>On the mesh</source>
        <translation>Im Mesh</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Only after (minutes without you)</source>
        <translation>Erst nach (Minuten ohne Sie)</translation>
    </message>
    <message>
        <source>Only after {minutes} minutes without you</source>
        <translation>Erst nach {minutes} Minuten ohne Sie</translation>
    </message>
    <message>
        <source>Only the likeliest tokens of this total share.</source>
        <translation>Nur die wahrscheinlichsten Token mit zusammen diesem Anteil.</translation>
    </message>
    <message>
        <source>Only this many likeliest tokens; 0 is all.</source>
        <translation>Nur so viele der wahrscheinlichsten Token; 0 sind alle.</translation>
    </message>
    <message>
        <source>Only {hours}</source>
        <translation>Nur {hours}</translation>
    </message>
    <message>
        <source>Open ClosedMesh</source>
        <translation>ClosedMesh öffnen</translation>
    </message>
    <message>
        <source>Open ClosedMesh when I log in</source>
        <translation>ClosedMesh beim Anmelden öffnen</translation>
    </message>
    <message>
        <source>Open Mesh</source>
        <translation>Mesh öffnen</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Open and check the receipt of this answer</source>
        <translation>Die Quittung dieser Antwort öffnen und prüfen</translation>
    </message>
    <message>
        <source>Open in the tray when I log in</source>
        <translation>Beim Anmelden in der Leiste öffnen</translation>
    </message>
    <message>
        <source>Open invite links in this window</source>
        <translation>Einladungslinks in diesem Fenster öffnen</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Open the receipt</source>
        <translation>Quittung öffnen</translation>
    </message>
    <message>
        <source>Open the window or quit with the icon here. Settings say what closing does.</source>
        <translation>Mit dem Symbol hier öffnen Sie das Fenster oder beenden das Programm. Was Schließen bewirkt, steht in den Einstellungen.</translation>
    </message>
    <message>
        <source>Open this address?</source>
        <translation>Diese Adresse öffnen?</translation>
    </message>
    <message>
        <source>Open this link on the other computer, once and until {moment}. It joins the mesh there, and credits of both are counted together. The owner&apos;s key stays here. Give the link to nobody else. It is shown only now.</source>
        <translation>Öffnen Sie diesen Link auf dem anderen Computer, einmal und bis {moment}. Er tritt dem Mesh damit bei, und die Credits beider werden zusammen gezählt. Der Schlüssel des Eigentümers bleibt hier. Geben Sie den Link niemand anderem. Er wird nur jetzt gezeigt.</translation>
    </message>
    <message>
        <source>Other programs go first</source>
        <translation>Andere Programme haben Vorrang</translation>
    </message>
    <message>
        <source>Others can read this</source>
        <translation>Andere können das lesen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste an invite: {scheme}…</source>
        <translation>Einladung einfügen: {scheme}…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Teilen unterbrechen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>Pending: {earned} earned, {spent} spent.</source>
        <translation>Offen: {earned} verdient, {spent} ausgegeben.</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Place that answers: {place}</source>
        <translation>Ort, der antwortet: {place}</translation>
    </message>
    <message>
        <source>Port for other peers</source>
        <translation>Port für andere Peers</translation>
    </message>
    <message>
        <source>Port of the local API</source>
        <translation>Port der lokalen API</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Price of a kWh</source>
        <translation>Preis einer kWh</translation>
    </message>
    <message>
        <source>Price of a kWh at night</source>
        <translation>Preis einer kWh bei Nacht</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>Programs that use the old key are shut out at once.</source>
        <translation>Programme, die den alten Schlüssel verwenden, werden sofort ausgesperrt.</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Versprochen</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>QR-Code</translation>
    </message>
    <message>
        <source>Questions a minute from all</source>
        <translation>Fragen je Minute insgesamt</translation>
    </message>
    <message>
        <source>Questions a minute from one address</source>
        <translation>Fragen je Minute von einer Adresse</translation>
    </message>
    <message>
        <source>Questions at a time</source>
        <translation>Gleichzeitige Fragen</translation>
    </message>
    <message>
        <source>Questions of others at a time</source>
        <translation>Gleichzeitige Fragen anderer</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quit (stops sharing)</source>
        <translation>Beenden (das Teilen hört auf)</translation>
    </message>
    <message>
        <source>Reading the whole file…</source>
        <translation>Die ganze Datei wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Reading {title}…</source>
        <translation>{title} wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Ready · not sharing</source>
        <translation>Bereit · wird nicht geteilt</translation>
    </message>
    <message>
        <source>Receipt of an answer</source>
        <translation>Quittung einer Antwort</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Quittungen</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Remove all of this and quit</source>
        <translation>All das entfernen und beenden</translation>
    </message>
    <message>
        <source>Remove everything</source>
        <translation>Alles entfernen</translation>
    </message>
    <message>
        <source>Remove everything…</source>
        <translation>Alles entfernen …</translation>
    </message>
    <message>
        <source>Remove this model?</source>
        <translation>Dieses Modell entfernen?</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen&#xa0;…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt&#xa0;…</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>Repairing damaged blocks</source>
        <translation>Bessert beschädigte Blöcke aus</translation>
    </message>
    <message>
        <source>Repeat penalty</source>
        <translation>Wiederholungsstrafe</translation>
    </message>
    <message>
        <source>Report for those who help you</source>
        <translation>Bericht für alle, die Ihnen helfen</translation>
    </message>
    <message>
        <source>Restart to update to {version}</source>
        <translation>Neu starten für Version {version}</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Teilen fortsetzen</translation>
    </message>
    <message>
        <source>Runs well</source>
        <translation>Läuft gut</translation>
    </message>
    <message>
        <source>SHA-256 {short_hash}… · {default}</source>
        <translation>SHA-256 {short_hash}… · {default}</translation>
    </message>
    <message>
        <source>Save a diagnostic report…</source>
        <translation>Diagnosebericht speichern …</translation>
    </message>
    <message>
        <source>Save a report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
    </message>
    <message>
        <source>Search for models, or paste owner/name</source>
        <translation>Nach Modellen suchen, oder Besitzer/Name einfügen</translation>
    </message>
    <message>
        <source>Search on Hugging Face</source>
        <translation>Auf Hugging Face suchen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabetaste)</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Sent in a month (GB)</source>
        <translation>Gesendet im Monat (GB)</translation>
    </message>
    <message numerus="yes">
        <source>Serving {n} request</source>
        <comment>Serving {n} requests</comment>
        <translation>
            <numerusform>Beantwortet {n} Anfrage</numerusform>
            <numerusform>Beantwortet {n} Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings as a file</source>
        <translation>Einstellungen als Datei</translation>
    </message>
    <message>
        <source>Settings by subject</source>
        <translation>Einstellungen nach Thema</translation>
    </message>
    <message>
        <source>Settings page</source>
        <translation>Seite „Einstellungen“</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen&#xa0;…</translation>
    </message>
    <message>
        <source>Share anyway for 1 hour</source>
        <translation>Trotzdem 1 Stunde teilen</translation>
    </message>
    <message>
        <source>Share this computer</source>
        <translation>Diesen Computer teilen</translation>
    </message>
    <message>
        <source>Share this computer (join a mesh first)</source>
        <translation>Diesen Computer teilen (treten Sie zuerst einem Mesh bei)</translation>
    </message>
    <message>
        <source>Share this computer (your invite is for chats only)</source>
        <translation>Diesen Computer teilen (Ihre Einladung gilt nur für Chats)</translation>
    </message>
    <message>
        <source>Share this computer with the mesh while it is idle and plugged in</source>
        <translation>Diesen Computer mit dem Mesh teilen, solange ihn niemand braucht und er am Strom hängt</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Sharing is held back</source>
        <translation>Das Teilen wird zurückgehalten</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>Das Teilen ist unterbrochen</translation>
    </message>
    <message>
        <source>Sharing page</source>
        <translation>Seite „Teilen“</translation>
    </message>
    <message>
        <source>Sharing takes power only while something is answered.</source>
        <translation>Teilen braucht nur Strom, während etwas beantwortet wird.</translation>
    </message>
    <message>
        <source>Sharing would take {answering} while something is answered, {more} above idle; nothing while it waits.</source>
        <translation>Teilen würde {answering} brauchen, während etwas beantwortet wird, {more} mehr als im Leerlauf; nichts, solange es wartet.</translation>
    </message>
    <message>
        <source>Sharing, idle</source>
        <translation>Teilt, ohne Anfrage</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation>Frühere Nachrichten zeigen</translation>
    </message>
    <message>
        <source>Show earlier ones</source>
        <translation>Frühere zeigen</translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation>Dateien zeigen</translation>
    </message>
    <message>
        <source>Show the files of {repo}</source>
        <translation>Dateien von {repo} zeigen</translation>
    </message>
    <message>
        <source>Some owners ask people to agree to terms on the model&apos;s page first. A token of your account there lets this computer fetch such models; it is kept in the keychain.</source>
        <translation>Manche Besitzer verlangen, dass man auf der Seite des Modells zuerst Bedingungen zustimmt. Mit einem Token Ihres dortigen Kontos kann dieser Computer solche Modelle laden; es liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Something needs your attention</source>
        <translation>Etwas braucht Ihre Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Stands before the whole chat.</source>
        <translation>Steht vor dem ganzen Chat.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Starten Sie ihn neu.</translation>
    </message>
    <message>
        <source>Start, on the first screen</source>
        <translation>Start, auf der ersten Seite</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet&#xa0;…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Stay awake while answering others</source>
        <translation>Wach bleiben, solange anderen geantwortet wird</translation>
    </message>
    <message>
        <source>Stop (Escape)</source>
        <translation>Anhalten (Esc)</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>of a download</comment>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Stopped. The text so far is kept.</source>
        <translation>Angehalten. Der bisherige Text bleibt erhalten.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>Bescheid geben</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird geprüft&#xa0;…</translation>
    </message>
    <message>
        <source>Text size (%)</source>
        <translation>Textgröße (%)</translation>
    </message>
    <message numerus="yes">
        <source>The answer broke off after {n} word. It is kept. {problem}</source>
        <comment>The answer broke off after {n} words. They are kept. {problem}</comment>
        <translation>
            <numerusform>Die Antwort brach nach {n} Wort ab. Es bleibt erhalten. {problem}</numerusform>
            <numerusform>Die Antwort brach nach {n} Wörtern ab. Sie bleiben erhalten. {problem}</numerusform>
        </translation>
    </message>
    <message>
        <source>The answer is in the window.</source>
        <translation>Die Antwort steht im Fenster.</translation>
    </message>
    <message>
        <source>The answer is made here if this computer has the model, else on another member&apos;s computer, whose owner can read what you write.</source>
        <translation>Die Antwort entsteht hier, wenn dieser Computer das Modell hat, sonst auf dem Computer eines anderen Mitglieds; wem er gehört, kann lesen, was Sie schreiben.</translation>
    </message>
    <message>
        <source>The answer is made on another member&apos;s computer or by a provider outside, who can read what you write.</source>
        <translation>Die Antwort entsteht auf dem Computer eines anderen Mitglieds oder bei einem Anbieter außerhalb; beide können lesen, was Sie schreiben.</translation>
    </message>
    <message>
        <source>The answer is made on another member&apos;s computer, whose owner can read what you write.</source>
        <translation>Die Antwort entsteht auf dem Computer eines anderen Mitglieds; wem er gehört, kann lesen, was Sie schreiben.</translation>
    </message>
    <message>
        <source>The answer is made on this computer; nothing you write leaves it.</source>
        <translation>Die Antwort entsteht auf diesem Computer; nichts, was Sie schreiben, verlässt ihn.</translation>
    </message>
    <message>
        <source>The chat could not be written to {name}: {strerror}.</source>
        <translation>Der Chat konnte nicht nach {name} geschrieben werden: {strerror}.</translation>
    </message>
    <message>
        <source>The download of {title} has stopped</source>
        <translation>Das Laden von {title} ist stehen geblieben</translation>
    </message>
    <message>
        <source>The file cannot be used: {reason}.</source>
        <translation>Die Datei kann nicht benutzt werden: {reason}.</translation>
    </message>
    <message>
        <source>The file could not be written: {reason}.</source>
        <translation>Die Datei konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The file is gone or was changed</source>
        <translation>Die Datei fehlt oder wurde geändert</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>Die letzten 24 Stunden</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Die letzten 30 Tage</translation>
    </message>
    <message>
        <source>The membership has ended. A new invite is needed.</source>
        <translation>Die Mitgliedschaft ist beendet. Eine neue Einladung ist nötig.</translation>
    </message>
    <message>
        <source>The membership lasts until {moment} and renews itself.</source>
        <translation>Die Mitgliedschaft gilt bis {moment} und erneuert sich selbst.</translation>
    </message>
    <message>
        <source>The mesh does not list this computer yet, so nobody asks it.</source>
        <translation>Das Mesh führt diesen Computer noch nicht auf, deshalb fragt ihn niemand.</translation>
    </message>
    <message>
        <source>The mesh lists what this computer shares.</source>
        <translation>Das Mesh führt auf, was dieser Computer teilt.</translation>
    </message>
    <message>
        <source>The model changes at once, everything else holds for new chats.</source>
        <translation>Das Modell wechselt sofort, alles andere gilt für neue Chats.</translation>
    </message>
    <message>
        <source>The model that answers in this chat</source>
        <translation>Das Modell, das in diesem Chat antwortet</translation>
    </message>
    <message>
        <source>The model wrote this address. Open it in the browser?

{address}</source>
        <translation>Das Modell hat diese Adresse geschrieben. Im Browser öffnen?

{address}</translation>
    </message>
    <message>
        <source>The models lie in {folder} now.</source>
        <translation>Die Modelle liegen jetzt in {folder}.</translation>
    </message>
    <message>
        <source>The next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>The peer of this window has stopped.</source>
        <translation>Der Peer dieses Fensters ist angehalten.</translation>
    </message>
    <message>
        <source>The presets could not be written: {reason}.</source>
        <translation>Die Vorlagen konnten nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The program ended while this was written. The text so far is kept.</source>
        <translation>Das Programm wurde beendet, während dies geschrieben wurde. Der bisherige Text bleibt erhalten.</translation>
    </message>
    <message>
        <source>The program made a mistake ({kind}).</source>
        <translation>Das Programm hat einen Fehler gemacht ({kind}).</translation>
    </message>
    <message>
        <source>The receipt is being checked…</source>
        <translation>Die Quittung wird geprüft…</translation>
    </message>
    <message>
        <source>The same seed gives the same answer.</source>
        <translation>Derselbe Startwert ergibt dieselbe Antwort.</translation>
    </message>
    <message>
        <source>The settings are in {name}.</source>
        <translation>Die Einstellungen sind in {name}.</translation>
    </message>
    <message>
        <source>The short form of its id</source>
        <translation>Die Kurzform seiner ID</translation>
    </message>
    <message>
        <source>The version before</source>
        <translation>Vorherige Fassung</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>There is no model on this computer</source>
        <translation>Auf diesem Computer ist kein Modell</translation>
    </message>
    <message>
        <source>There is no receipt to be checked</source>
        <translation>Es gibt keine Quittung zu prüfen</translation>
    </message>
    <message>
        <source>There is nothing to share yet</source>
        <translation>Es gibt noch nichts zu teilen</translation>
    </message>
    <message>
        <source>They settle at about {time}.</source>
        <translation>Sie werden etwa {time} abgerechnet.</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Denkt nach&#xa0;…</translation>
    </message>
    <message>
        <source>This chat is answered by another member&apos;s computer, else by a provider outside.</source>
        <translation>Diesen Chat beantwortet der Computer eines anderen Mitglieds, sonst ein Anbieter außerhalb.</translation>
    </message>
    <message>
        <source>This chat is answered by another member&apos;s computer, whose owner can read it.</source>
        <translation>Diesen Chat beantwortet der Computer eines anderen Mitglieds; wem er gehört, kann mitlesen.</translation>
    </message>
    <message>
        <source>This chat is answered here, and nothing of it leaves this computer.</source>
        <translation>Dieser Chat wird hier beantwortet, und nichts davon verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>This computer asks and answers nobody any more. Joining again takes an invite.</source>
        <translation>Dieser Computer fragt dann niemanden mehr und antwortet niemandem mehr. Für einen neuen Beitritt ist eine Einladung nötig.</translation>
    </message>
    <message>
        <source>This computer belongs to no mesh</source>
        <translation>Dieser Computer gehört zu keinem Mesh</translation>
    </message>
    <message>
        <source>This computer belongs to owner {owner}, whose key is kept here. Credits of all computers of an owner are counted together; they are not money.</source>
        <translation>Dieser Computer gehört dem Eigentümer {owner}, dessen Schlüssel hier aufbewahrt wird. Die Credits aller Computer eines Eigentümers werden zusammen gezählt; sie sind kein Geld.</translation>
    </message>
    <message>
        <source>This computer belongs to owner {owner}, whose key is on another computer. Credits of all computers of an owner are counted together; they are not money.</source>
        <translation>Dieser Computer gehört dem Eigentümer {owner}, dessen Schlüssel auf einem anderen Computer liegt. Die Credits aller Computer eines Eigentümers werden zusammen gezählt; sie sind kein Geld.</translation>
    </message>
    <message>
        <source>This computer does not tell what it draws.</source>
        <translation>Dieser Computer sagt nicht, was er verbraucht.</translation>
    </message>
    <message>
        <source>This computer is an entry of the mesh.</source>
        <translation>Dieser Computer ist ein Zugangsknoten des Mesh.</translation>
    </message>
    <message>
        <source>This computer is in no mesh. Choose another place above, or join one on the Mesh page.</source>
        <translation>Dieser Computer gehört zu keinem Mesh. Wählen Sie oben einen anderen Ort oder treten Sie auf der Seite „Mesh“ einem bei.</translation>
    </message>
    <message>
        <source>This computer is not shared</source>
        <translation>Dieser Computer wird nicht geteilt</translation>
    </message>
    <message>
        <source>This computer is shared</source>
        <translation>Dieser Computer wird geteilt</translation>
    </message>
    <message>
        <source>This computer may ask the mesh, and answer others if this computer is shared.</source>
        <translation>Dieser Computer darf das Mesh fragen und anderen antworten, wenn er geteilt wird.</translation>
    </message>
    <message>
        <source>This computer may ask the mesh.</source>
        <translation>Dieser Computer darf das Mesh fragen.</translation>
    </message>
    <message>
        <source>This computer may run the mesh as one of its entries.</source>
        <translation>Dieser Computer darf das Mesh als einer seiner Zugangsknoten betreiben.</translation>
    </message>
    <message>
        <source>This computer may {scope}.</source>
        <translation>Dieser Computer darf: {scope}.</translation>
    </message>
    <message>
        <source>This computer then belongs to owner {owner}: all that it earns, and what it has earned, is theirs. Use only a link that you made yourself on another computer of yours.</source>
        <translation>Dieser Computer gehört dann dem Eigentümer {owner}: Alles, was er verdient und verdient hat, gehört zu dessen Credits. Verwenden Sie nur einen Link, den Sie selbst auf einem anderen Ihrer Computer erstellt haben.</translation>
    </message>
    <message>
        <source>This is all that is saved. It holds no question, answer, key or address of anybody else. Take out what you do not want to show.</source>
        <translation>Das ist alles, was gespeichert wird. Es enthält keine Frage, keine Antwort, keinen Schlüssel und keine Adresse anderer. Nehmen Sie heraus, was Sie nicht zeigen wollen.</translation>
    </message>
    <message>
        <source>This is too long for one message.</source>
        <translation>Das ist zu lang für eine Nachricht.</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>This receipt does not hold in every point</source>
        <translation>Diese Quittung ist nicht in jedem Punkt in Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>Thought · {n} word</source>
        <comment>Thought · {n} words</comment>
        <translation>
            <numerusform>Überlegung · {n} Wort</numerusform>
            <numerusform>Überlegung · {n} Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>Through the mesh, now</source>
        <translation>Sofort, durch das Mesh</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Knapp</translation>
    </message>
    <message>
        <source>Title of the chat:</source>
        <translation>Titel des Chats:</translation>
    </message>
    <message>
        <source>Today {figures}</source>
        <translation>Heute {figures}</translation>
    </message>
    <message>
        <source>Token for gated models</source>
        <translation>Token für zugangsbeschränkte Modelle</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens a second as the peer says of itself (samples): not checked here</source>
        <translation>Token je Sekunde nach eigener Angabe des Peers (Messungen): hier nicht geprüft</translation>
    </message>
    <message>
        <source>Tokens a second in three columns, with the number of samples.</source>
        <translation>Token je Sekunde in drei Spalten, mit der Zahl der Messungen.</translation>
    </message>
    <message>
        <source>Tokens a second of answers to this computer, the way included (samples)</source>
        <translation>Token je Sekunde von Antworten an diesen Computer, der Weg eingerechnet (Messungen)</translation>
    </message>
    <message>
        <source>Tokens a second of the engine by itself, measured on this computer (samples)</source>
        <translation>Token je Sekunde des Rechenwerks allein, auf diesem Computer gemessen (Messungen)</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Zu groß</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Try it again; if it happens again, send us the log folder (Help menu of the tray icon).</source>
        <translation>Versuchen Sie es noch einmal; geschieht es wieder, schicken Sie uns den Protokollordner (Menü „Hilfe“ des Symbols in der Leiste).</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>Bis ich fortsetze</translation>
    </message>
    <message>
        <source>Until tomorrow {time}</source>
        <translation>Bis morgen {time}</translation>
    </message>
    <message>
        <source>Use a provider outside</source>
        <translation>Anbieter außerhalb verwenden</translation>
    </message>
    <message>
        <source>Use for new chats</source>
        <translation>Für neue Chats verwenden</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Trotzdem verwenden</translation>
    </message>
    <message>
        <source>Use it where it lies</source>
        <translation>Dort verwenden, wo es liegt</translation>
    </message>
    <message>
        <source>Use {title} where it lies</source>
        <translation>{title} dort verwenden, wo es liegt</translation>
    </message>
    <message>
        <source>Verify the file</source>
        <translation>Datei prüfen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version {version} is ready</source>
        <translation>Version {version} liegt bereit</translation>
    </message>
    <message>
        <source>Wait for the mesh (seconds)</source>
        <translation>Auf das Mesh warten (Sekunden)</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Wartet, bis er an der Reihe ist</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Welcome to ClosedMesh</source>
        <translation>Willkommen bei ClosedMesh</translation>
    </message>
    <message>
        <source>What can be checked holds; something is still open</source>
        <translation>Was sich prüfen lässt, ist in Ordnung; etwas ist noch offen</translation>
    </message>
    <message>
        <source>What can be done with a chat</source>
        <translation>Was sich mit einem Chat tun lässt</translation>
    </message>
    <message>
        <source>What it answers with</source>
        <translation>Womit er antwortet</translation>
    </message>
    <message>
        <source>What runs well on this computer comes first. Nothing is fetched before you ask for it, and a file is used only when its SHA-256 is the one announced.</source>
        <translation>Zuerst kommt, was auf diesem Computer gut läuft. Nichts wird geladen, bevor Sie es verlangen, und eine Datei wird nur verwendet, wenn ihre SHA-256 die angekündigte ist.</translation>
    </message>
    <message>
        <source>What the invite allows</source>
        <translation>Was die Einladung erlaubt</translation>
    </message>
    <message>
        <source>What the model is told before every chat</source>
        <translation>Was dem Modell vor jedem Chat gesagt wird</translation>
    </message>
    <message>
        <source>What the questions that check the model showed (answers that were weighed)</source>
        <translation>Was die Fragen ergaben, die das Modell prüfen (gewertete Antworten)</translation>
    </message>
    <message>
        <source>What the system opens</source>
        <translation>Was das System öffnet</translation>
    </message>
    <message>
        <source>What will be removed</source>
        <translation>Was entfernt wird</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>When a chat is too long</source>
        <translation>Wenn ein Chat zu lang wird</translation>
    </message>
    <message>
        <source>When this computer may be shared</source>
        <translation>Wann dieser Computer geteilt werden darf</translation>
    </message>
    <message>
        <source>Where models come from</source>
        <translation>Woher Modelle kommen</translation>
    </message>
    <message>
        <source>Where new chats are answered</source>
        <translation>Wo neue Chats beantwortet werden</translation>
    </message>
    <message>
        <source>Where shall your questions be answered?</source>
        <translation>Wo sollen Ihre Fragen beantwortet werden?</translation>
    </message>
    <message>
        <source>Whoever answers a question can read it: members are people with computers of their own. Nothing is asked of the mesh before you choose so in a chat.</source>
        <translation>Wer eine Frage beantwortet, kann sie lesen: Mitglieder sind Menschen mit eigenen Computern. Das Mesh wird nichts gefragt, bevor Sie es in einem Chat so wählen.</translation>
    </message>
    <message>
        <source>Whoever holds this link may ask the mesh, and answer others if their computer is shared.</source>
        <translation>Wer diesen Link hat, darf das Mesh fragen und anderen antworten, wenn der eigene Computer geteilt wird.</translation>
    </message>
    <message>
        <source>Whoever holds this link may ask the mesh.</source>
        <translation>Wer diesen Link hat, darf das Mesh fragen.</translation>
    </message>
    <message>
        <source>Whoever holds this link may {scope}.</source>
        <translation>Wer diesen Link hat, darf: {scope}.</translation>
    </message>
    <message>
        <source>With it this computer may ask the mesh, and answer others if this computer is shared.</source>
        <translation>Mit ihr darf dieser Computer das Mesh fragen und anderen antworten, wenn er geteilt wird.</translation>
    </message>
    <message>
        <source>With it this computer may ask the mesh.</source>
        <translation>Mit ihr darf dieser Computer das Mesh fragen.</translation>
    </message>
    <message>
        <source>With it this computer may {scope}.</source>
        <translation>Mit ihr darf dieser Computer: {scope}.</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Withdraw the invite {invite}</source>
        <translation>Einladung {invite} zurückziehen</translation>
    </message>
    <message>
        <source>Works with clients made for OpenAI&apos;s API.</source>
        <translation>Funktioniert mit Programmen, die für die API von OpenAI gemacht sind.</translation>
    </message>
    <message>
        <source>Write a Python function that reverses a list.</source>
        <translation>Schreibe eine Python-Funktion, die eine Liste umkehrt.</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Write a short poem about the sea.</source>
        <translation>Schreibe ein kurzes Gedicht über das Meer.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>You can chat with it now.</source>
        <translation>Sie können jetzt damit chatten.</translation>
    </message>
    <message>
        <source>You see the whole text before it is saved, and it is sent nowhere.</source>
        <translation>Sie sehen den ganzen Text, bevor er gespeichert wird; er wird nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Your question is answered</source>
        <translation>Ihre Frage ist beantwortet</translation>
    </message>
    <message>
        <source>a little off</source>
        <translation>etwas daneben</translation>
    </message>
    <message>
        <source>a text that no model wrote for this question</source>
        <translation>ein Text, den kein Modell auf diese Frage hin geschrieben hat</translation>
    </message>
    <message numerus="yes">
        <source>about {n} token</source>
        <comment>about {n} tokens</comment>
        <translation>
            <numerusform>etwa {n} Token</numerusform>
            <numerusform>etwa {n} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>active now</source>
        <comment>of a rule</comment>
        <translation>gilt gerade</translation>
    </message>
    <message>
        <source>admits members</source>
        <translation>nimmt Mitglieder auf</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more in the queue</source>
        <comment>and {n} more in the queue</comment>
        <translation>
            <numerusform>und {n} weiterer in der Warteschlange</numerusform>
            <numerusform>und {n} weitere in der Warteschlange</numerusform>
        </translation>
    </message>
    <message>
        <source>another model</source>
        <translation>ein anderes Modell</translation>
    </message>
    <message>
        <source>another quantisation</source>
        <translation>eine andere Quantisierung</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>geantwortet</translation>
    </message>
    <message>
        <source>answers where no other model is named</source>
        <translation>antwortet, wo kein anderes Modell genannt ist</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>asks you to agree to terms</source>
        <translation>verlangt Zustimmung zu Bedingungen</translation>
    </message>
    <message>
        <source>by peer {peer}</source>
        <translation>von Peer {peer}</translation>
    </message>
    <message>
        <source>by peer {peer} ({link})</source>
        <translation>von Peer {peer} ({link})</translation>
    </message>
    <message>
        <source>changed {updated}</source>
        <translation>geändert am {updated}</translation>
    </message>
    <message>
        <source>check undecided</source>
        <translation>Prüfung unentschieden</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>of the API</comment>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>code</source>
        <comment>ability of a model</comment>
        <translation>Programmieren</translation>
    </message>
    <message>
        <source>did not answer</source>
        <translation>hat nicht geantwortet</translation>
    </message>
    <message>
        <source>disputed</source>
        <translation>umstritten</translation>
    </message>
    <message>
        <source>disputed: {reason}</source>
        <translation>umstritten: {reason}</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>nicht in Ordnung</translation>
    </message>
    <message>
        <source>earned and settled</source>
        <translation>verdient und abgerechnet</translation>
    </message>
    <message>
        <source>earned, pending</source>
        <translation>verdient, offen</translation>
    </message>
    <message>
        <source>ended at the length limit</source>
        <translation>an der Längengrenze beendet</translation>
    </message>
    <message numerus="yes">
        <source>first peer tried</source>
        <comment>{n} peers tried</comment>
        <translation>
            <numerusform>erster befragter Peer</numerusform>
            <numerusform>{n} Peers versucht</numerusform>
        </translation>
    </message>
    <message>
        <source>first word after {seconds} s</source>
        <translation>erstes Wort nach {seconds} s</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>for asking</source>
        <translation>zum Fragen</translation>
    </message>
    <message>
        <source>for asking and sharing</source>
        <translation>zum Fragen und Teilen</translation>
    </message>
    <message>
        <source>held back by a rule</source>
        <translation>von einer Regel zurückgehalten</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>it does not answer, or shows nothing of its answers</source>
        <translation>er antwortet nicht oder zeigt nichts von seinen Antworten</translation>
    </message>
    <message>
        <source>languages {languages}</source>
        <translation>Sprachen: {languages}</translation>
    </message>
    <message>
        <source>last used on {day}</source>
        <translation>zuletzt verwendet am {day}</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>Lizenz unbekannt</translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <translation>Lizenz {licence}</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>model checked</source>
        <translation>Modell geprüft</translation>
    </message>
    <message>
        <source>nobody claimed it in time</source>
        <translation>niemand hat es rechtzeitig eingereicht</translation>
    </message>
    <message>
        <source>nobody shares it now</source>
        <translation>teilt gerade niemand</translation>
    </message>
    <message>
        <source>none</source>
        <comment>of models</comment>
        <translation>keines</translation>
    </message>
    <message>
        <source>none</source>
        <comment>of digests</comment>
        <translation>keine</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>not on this computer</source>
        <translation>nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>not shared</source>
        <translation>nicht geteilt</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>not the model it claims to be</source>
        <translation>nicht das Modell, das es zu sein vorgibt</translation>
    </message>
    <message>
        <source>nothing owed among own computers</source>
        <translation>unter eigenen Computern nichts geschuldet</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message numerus="yes">
        <source>one conversation at a time, {context} tokens each</source>
        <comment>{n} conversations at a time, {context} tokens each</comment>
        <translation>
            <numerusform>eine Unterhaltung gleichzeitig mit {context} Token</numerusform>
            <numerusform>{n} Unterhaltungen gleichzeitig mit je {context} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>outside, by the fallback provider</source>
        <translation>außerhalb, vom Ausweich-Anbieter</translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation>von Ihnen unterbrochen</translation>
    </message>
    <message>
        <source>peer {peer}</source>
        <translation>Peer {peer}</translation>
    </message>
    <message>
        <source>pending, signed by both</source>
        <translation>offen, von beiden unterschrieben</translation>
    </message>
    <message>
        <source>process {number}</source>
        <translation>Prozess {number}</translation>
    </message>
    <message>
        <source>ready, nothing to download</source>
        <translation>bereit, nichts herunterzuladen</translation>
    </message>
    <message>
        <source>reasoning</source>
        <comment>ability of a model</comment>
        <translation>Überlegen</translation>
    </message>
    <message>
        <source>refused by the settler</source>
        <translation>von der Abrechnung abgelehnt</translation>
    </message>
    <message>
        <source>runs well</source>
        <translation>läuft gut</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>abgerechnet</translation>
    </message>
    <message>
        <source>settles at about {time}</source>
        <translation>wird etwa {time} abgerechnet</translation>
    </message>
    <message>
        <source>shared</source>
        <comment>in the strip of a day</comment>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>shares nothing</source>
        <translation>teilt nichts</translation>
    </message>
    <message>
        <source>spent</source>
        <translation>ausgegeben</translation>
    </message>
    <message>
        <source>still open</source>
        <translation>noch offen</translation>
    </message>
    <message>
        <source>text</source>
        <comment>of a block of code</comment>
        <translation>Text</translation>
    </message>
    <message>
        <source>the hub is asked for its SHA-256 first</source>
        <translation>der Hub wird zuerst nach der SHA-256 gefragt</translation>
    </message>
    <message>
        <source>the secret {name}</source>
        <translation>das Geheimnis {name}</translation>
    </message>
    <message>
        <source>the service {place}</source>
        <translation>der Dienst {place}</translation>
    </message>
    <message>
        <source>tight on this computer</source>
        <translation>knapp auf diesem Computer</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation>zu groß für diesen Computer</translation>
    </message>
    <message>
        <source>tools</source>
        <comment>ability of a model</comment>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>trained for {number} tokens of context</source>
        <translation>trainiert für {number} Token Kontext</translation>
    </message>
    <message>
        <source>until {moment}</source>
        <translation>bis {moment}</translation>
    </message>
    <message>
        <source>used {used} of {uses}</source>
        <translation>{used} von {uses} verwendet</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>vision</source>
        <comment>ability of a model</comment>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>waits for the asker&apos;s signature</source>
        <translation>wartet auf die Unterschrift des Fragenden</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message numerus="yes">
        <source>without the oldest message</source>
        <comment>without the oldest {n} messages</comment>
        <translation>
            <numerusform>ohne die älteste Nachricht</numerusform>
            <numerusform>ohne die ältesten {n} Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>{begin} to {end}: {kind}</source>
        <translation>{begin} bis {end}: {kind}</translation>
    </message>
    <message>
        <source>{credits} (not money)</source>
        <translation>{credits} (kein Geld)</translation>
    </message>
    <message>
        <source>{credits} held back while the account is new</source>
        <translation>{credits} zurückgehalten, solange das Konto neu ist</translation>
    </message>
    <message>
        <source>{credits} settled</source>
        <translation>{credits} abgerechnet</translation>
    </message>
    <message>
        <source>{currency}{number}</source>
        <translation>{number} {currency}</translation>
    </message>
    <message>
        <source>{day} ({pending} of it pending)</source>
        <translation>{day} (davon {pending} offen)</translation>
    </message>
    <message>
        <source>{day}: {earned} earned, {spent} spent</source>
        <translation>{day}: {earned} verdient, {spent} ausgegeben</translation>
    </message>
    <message>
        <source>{day}: {energy}</source>
        <translation>{day}: {energy}</translation>
    </message>
    <message>
        <source>{energy} for answers today</source>
        <translation>{energy} für Antworten heute</translation>
    </message>
    <message>
        <source>{entries} known, {connections} open.</source>
        <translation>{entries} bekannt, {connections} offen.</translation>
    </message>
    <message>
        <source>{free} of {total} memory free</source>
        <translation>{free} von {total} Arbeitsspeicher frei</translation>
    </message>
    <message numerus="yes">
        <source>{held} of {n} model in memory</source>
        <comment>{held} of {n} models in memory</comment>
        <translation>
            <numerusform>{held} von {n} Modell im Speicher</numerusform>
            <numerusform>{held} von {n} Modellen im Speicher</numerusform>
        </translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{landed} of {whole} ({percent} %)</source>
        <translation>{landed} von {whole} ({percent} %)</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>{model} (not on this computer)</source>
        <translation>{model} (nicht auf diesem Computer)</translation>
    </message>
    <message>
        <source>{name} page</source>
        <translation>Seite {name}</translation>
    </message>
    <message>
        <source>{now}, {watts} without answers</source>
        <translation>{now}, {watts} ohne Antworten</translation>
    </message>
    <message>
        <source>{number} GB stay free on the disk</source>
        <translation>{number} GB bleiben auf der Festplatte frei</translation>
    </message>
    <message>
        <source>{number} MB/s</source>
        <translation>{number} MB/s</translation>
    </message>
    <message>
        <source>{number} W</source>
        <translation>{number} W</translation>
    </message>
    <message>
        <source>{number} Wh</source>
        <translation>{number} Wh</translation>
    </message>
    <message>
        <source>{number} Wh ({source})</source>
        <translation>{number} Wh ({source})</translation>
    </message>
    <message>
        <source>{number} being answered</source>
        <translation>{number} in Arbeit</translation>
    </message>
    <message>
        <source>{number} billion</source>
        <translation>{number} Milliarden</translation>
    </message>
    <message>
        <source>{number} credits</source>
        <translation>{number} Credits</translation>
    </message>
    <message>
        <source>{number} credits per kWh</source>
        <translation>{number} Credits je kWh</translation>
    </message>
    <message>
        <source>{number} kWh</source>
        <translation>{number} kWh</translation>
    </message>
    <message>
        <source>{number} million</source>
        <translation>{number} Millionen</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} min</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{number} tokens a second, estimated</source>
        <translation>{number} Token je Sekunde, geschätzt</translation>
    </message>
    <message>
        <source>{number} tokens a second, measured</source>
        <translation>{number} Token je Sekunde, gemessen</translation>
    </message>
    <message>
        <source>{number} tokens/s</source>
        <translation>{number} Token/s</translation>
    </message>
    <message>
        <source>{number} waiting</source>
        <translation>{number} in der Warteschlange</translation>
    </message>
    <message>
        <source>{number} weights</source>
        <translation>{number} Gewichte</translation>
    </message>
    <message numerus="yes">
        <source>{n} connection</source>
        <comment>{n} connections</comment>
        <translation>
            <numerusform>{n} Verbindung</numerusform>
            <numerusform>{n} Verbindungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} credit</source>
        <comment>{n} credits</comment>
        <translation>
            <numerusform>{n} Credit</numerusform>
            <numerusform>{n} Credits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} does not hold. Number {number}: {reason}</source>
        <comment>{n} do not hold. The first is number {number}: {reason}</comment>
        <translation>
            <numerusform>{n} ist nicht in Ordnung. Nummer {number}: {reason}</numerusform>
            <numerusform>{n} sind nicht in Ordnung. Die erste ist Nummer {number}: {reason}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} download</source>
        <comment>{n} downloads</comment>
        <translation>
            <numerusform>{n} Download</numerusform>
            <numerusform>{n} Downloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} entry</source>
        <comment>{n} entries</comment>
        <translation>
            <numerusform>{n} Zugangsknoten</numerusform>
            <numerusform>{n} Zugangsknoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file</source>
        <comment>{n} files</comment>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} found.</source>
        <comment>{n} found.</comment>
        <translation>
            <numerusform>{n} gefunden.</numerusform>
            <numerusform>{n} gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} like</source>
        <comment>{n} likes</comment>
        <translation>
            <numerusform>{n} Like</numerusform>
            <numerusform>{n} Likes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} member, {connected} connected now.</source>
        <comment>{n} members, {connected} connected now.</comment>
        <translation>
            <numerusform>{n} Mitglied, {connected} jetzt verbunden.</numerusform>
            <numerusform>{n} Mitglieder, {connected} jetzt verbunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} model on this computer, {size} of disk</source>
        <comment>{n} models on this computer, {size} of disk</comment>
        <translation>
            <numerusform>{n} Modell auf diesem Computer, {size} auf der Festplatte</numerusform>
            <numerusform>{n} Modelle auf diesem Computer, {size} auf der Festplatte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} part</source>
        <comment>{n} parts</comment>
        <translation>
            <numerusform>{n} Teil</numerusform>
            <numerusform>{n} Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} peer</source>
        <comment>{n} peers</comment>
        <translation>
            <numerusform>{n} Peer</numerusform>
            <numerusform>{n} Peers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} question is being answered, {waiting} waiting</source>
        <comment>{n} questions are being answered, {waiting} waiting</comment>
        <translation>
            <numerusform>{n} Frage wird beantwortet, {waiting} in der Warteschlange</numerusform>
            <numerusform>{n} Fragen werden beantwortet, {waiting} in der Warteschlange</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} receipt saved</source>
        <comment>{n} receipts saved</comment>
        <translation>
            <numerusform>{n} Quittung gesichert</numerusform>
            <numerusform>{n} Quittungen gesichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} receipt was checked again, with {signatures} signatures and {chains} chains.</source>
        <comment>{n} receipts were checked again, with {signatures} signatures and {chains} chains.</comment>
        <translation>
            <numerusform>{n} Quittung wurde noch einmal geprüft, mit {signatures} Unterschriften und {chains} Ketten.</numerusform>
            <numerusform>{n} Quittungen wurden noch einmal geprüft, mit {signatures} Unterschriften und {chains} Ketten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} setting was changed.</source>
        <comment>{n} settings were changed.</comment>
        <translation>
            <numerusform>{n} Einstellung wurde geändert.</numerusform>
            <numerusform>{n} Einstellungen wurden geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} token</source>
        <comment>{n} tokens</comment>
        <translation>
            <numerusform>{n} Token</numerusform>
            <numerusform>{n} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>{peer} (entry)</source>
        <translation>{peer} (Zugangsknoten)</translation>
    </message>
    <message>
        <source>{peer} (this computer)</source>
        <translation>{peer} (dieser Computer)</translation>
    </message>
    <message>
        <source>{problem}. Retrying ({tries} of {most_tries}), {percent} % kept.</source>
        <translation>{problem}. Neuer Versuch ({tries} von {most_tries}), {percent} % bleiben erhalten.</translation>
    </message>
    <message>
        <source>{processor} · {memory} memory · {disk} free</source>
        <translation>{processor} · {memory} Arbeitsspeicher · {disk} frei</translation>
    </message>
    <message>
        <source>{prompt} read ({cached} of them from memory), {written} written</source>
        <translation>{prompt} gelesen (davon {cached} aus dem Speicher), {written} geschrieben</translation>
    </message>
    <message>
        <source>{reason} Until {moment}.</source>
        <translation>{reason} Bis {moment}.</translation>
    </message>
    <message>
        <source>{repo}, licence {licence}.</source>
        <translation>{repo}, Lizenz {licence}.</translation>
    </message>
    <message>
        <source>{sentence} Chats are kept.</source>
        <translation>{sentence} Chats bleiben erhalten.</translation>
    </message>
    <message>
        <source>{size} of disk free afterwards</source>
        <translation>danach {size} auf der Festplatte frei</translation>
    </message>
    <message>
        <source>{size} of memory at {context} tokens</source>
        <translation>{size} Arbeitsspeicher bei {context} Token</translation>
    </message>
    <message>
        <source>{speed} as measured here</source>
        <translation>{speed}, hier gemessen</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{title} ({note})</source>
        <translation>{title} ({note})</translation>
    </message>
    <message>
        <source>{title} is among the models now.</source>
        <translation>{title} gehört jetzt zu den Modellen.</translation>
    </message>
    <message>
        <source>{title} is here</source>
        <translation>{title} ist da</translation>
    </message>
    <message>
        <source>{title} is on this computer now.</source>
        <translation>{title} ist jetzt auf diesem Computer.</translation>
    </message>
    <message>
        <source>{title} will be deleted from this computer, which frees {size}.</source>
        <translation>{title} wird von diesem Computer gelöscht; das schafft {size} Platz.</translation>
    </message>
    <message>
        <source>{title} will no longer be used; its file stays where it lies.</source>
        <translation>{title} wird nicht mehr verwendet; die Datei bleibt, wo sie liegt.</translation>
    </message>
    <message>
        <source>{title}: back to the default</source>
        <translation>{title}: zurück zum Standard</translation>
    </message>
    <message>
        <source>{verdict}, left out</source>
        <translation>{verdict}, ausgelassen</translation>
    </message>
    <message>
        <source>{watts} now</source>
        <translation>jetzt {watts}</translation>
    </message>
    <message>
        <source>{weights}, {number} of them at a time</source>
        <translation>{weights}, davon {number} gleichzeitig</translation>
    </message>
    <message>
        <source>{what} as {name}.</source>
        <translation>{what} als {name}.</translation>
    </message>
    <message>
        <source>≈&#xa0;{number}&#xa0;Wh (estimated)</source>
        <translation>≈&#xa0;{number}&#xa0;Wh (geschätzt)</translation>
    </message>
</context>
</TS>
