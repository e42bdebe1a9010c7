<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>{number} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>It needs {gb}; this computer can give {gb_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs first: {gb} more must be free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a context of {context} tokens it fits (engine.context).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes nearly all memory that is free now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers come slowly: a smaller model is faster here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers come more slowly than most people read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is not shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model on this computer may be shared yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You paused sharing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is hotter than {heat_limit} °C.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less than {gb} are free on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less than {gb} of memory are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network costs by the byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A program fills the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You use this computer; it is shared after {idle_minutes} minutes without you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is outside the hours you share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month&apos;s {gb} of upload are used up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today&apos;s {credits_limit} credits are earned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The battery is below {battery_floor} %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer runs on battery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} needs {gb} with a context of {context} tokens; {gb_2} are free, of which {gb_3} stay free for other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or lower engine.context or engine.keep_free_mb.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cache of the kind {cache} needs flash attention, which is switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set engine.flash_attention to auto, or engine.cache_type to f16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a simpler form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schema is no JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The grammar has no rule `root`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {len} characters; at most {max_form} are taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schema has more than {max_parts} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schema is nested more than {max_depth} levels deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The grammar is nested more than {max_depth} levels deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {count}; at most {max_repetition} is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It repeats a part {group} times; at most {max_repetition} is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged or incomplete; get it once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a GGUF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file that ends in .gguf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is no file on the hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as hf:owner/repo/file.gguf; `closedmesh models search` finds some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{repo} is no repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as owner/name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is fetched from {place}: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you set a mirror or a proxy, look at them; else tell us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s chat template has {len} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than {max_template} are refused; use another copy of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s chat template cannot be read: {short}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another copy of the model, or ask through /v1/completions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s chat template refuses these messages: {short}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the order of the roles; some models take no system prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s chat template failed: {short}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An answer cannot both call functions and have a form of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out either tools or response_format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The functions have {len} characters in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {max_form} are taken; name fewer of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The announcement is for another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A peer can only speak for itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The announcement is too old.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The announcement is from the future: a clock is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership of this peer was revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer announcement of this peer is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The directory is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole invite again, or ask for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite was not written by the mesh it names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not use it; ask the person who runs the mesh for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite to {mesh_name} has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invite begins with {scheme}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite was made by a newer version of ClosedMesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite contains characters that do not belong to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite is cut short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite has a wrong or an additional character.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite makes no sense.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate is of another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate does not belong to peer {short}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the mesh itself makes entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership allows {scope}, not {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is of another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mesh has too many entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership was revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership does not hold yet. One of the two clocks is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not signed by this mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is signed for another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its signer is no entry of this mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is well again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer connection with this key gets its packets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This connection sends faster than this relay allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature of a {tag_of} is not genuine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no {tag_of}: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file names a tensor twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get it once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file ended too early.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensors of the model file overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It agrees to {completion_tokens} tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} and model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}; {len} beside it agree.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peer {peer} has signed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The asker has not signed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number {sequence}: {fault}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The peer that answered has signed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not hold: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write one message that {pick} types into a chat window. The person {pick_2}; it has to do with {pick_3}. At most {pick_4} words. Only the message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A verifier can only speak for itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The verdict is too old, or from the future.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All settings; the field names are the tables of `settings.toml`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that answers where none is named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where new chats are answered; whoever answers in the mesh can read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put before every new chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer of a new chat, in tokens; 0 is as long as it fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How freely words are chosen; 0 always takes the likeliest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose among this many likeliest tokens; 0 is all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose among the likeliest tokens of this total share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out tokens less likely than this share of the best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chat longer than the context: refuse it, or leave out oldest messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where model files lie; empty is the program&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model files together may have this many GB; 0 is no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloads take at most this many MB a second; 0 is no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch from members of the mesh too; they see which model is fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another address for huggingface.co, like https://mirror.example; empty: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which proxy downloads go through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy where it is set by hand, like http://proxy.example:3128.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads a model uses; 0 is all cores but one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let other programs go first when the processor is busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens one conversation may have; 0 is what fits, up to 4096.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations answered at the same time, if memory allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How exactly conversations are kept in memory; auto is f16, or q8_0 to fit at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A way of computing that needs less memory; auto where a model can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers that a graphics card computes; -1 is all that fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use fewer threads while other programs keep the processor busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure how fast models are, with short runs while nobody needs them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guess ahead what a model will write, where that makes it faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for conversations that are not being answered now, MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep those on disk while a model is not in memory, readable by you alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests that may wait for a place before new ones are refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a model&apos;s memory back after this time without use; 0 never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory that loading a model must leave to other programs, MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UDP port at which other peers are answered; 0 is any.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find members in this local network; all in it see that this peer runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry: its verdicts count for leaving out peers, where two entries agree.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a company answer where the mesh cannot; it reads what you ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its OpenAI-compatible address, like &quot;https://api.example.com/v1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of its models stands in for which daily model of ours: &quot;ours = theirs&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds that the mesh has for a first token before it is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As an entry, let anybody ask the mesh; the entry reads what they ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions that one address may ask in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions that all addresses together may ask in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions of the public that are answered at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer to the public, in tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A proxy of yours stands before the pages; X-Forwarded-For ends with who asks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferred port; the next free one is taken if it is in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web pages that may call the API, like &quot;http://localhost:3000&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the window; commands stay English.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window keeps the program in the tray, where there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh settings` lists all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no value for {name}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh settings` shows what each setting may be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Energy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer other members&apos; questions with this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models that others may use, by name; empty is all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes without keyboard and mouse before sharing begins; 0 is at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share on battery too, above the next setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charge that must be left to share on battery, percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share on networks that cost by the byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share while a program fills the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When to share, like &quot;mon-fri 22:00-07:00&quot;; empty is always.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop above this temperature, degrees Celsius; 0 never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most that is sent to others in a month, GB; 0 is no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop when so many credits were earned in a day; 0 is no limit.</source>
        <translation>Aufhören, wenn an einem Tag so viele Credits verdient wurden; 0 ist ohne Grenze.</translation>
    </message>
    <message>
        <source>Questions of others answered at the same time; 0 is as many as fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model files go to members at this rate at most, MB a second; 0 is never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop when less than this is free on the disk, GB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When sharing stops in mid-answer: finish, hand over to another peer, or stop now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not fall asleep while something of others is answered, unless on battery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a kWh costs you; 0 shows no cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign of that price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a kWh costs at night; 0 is the same as by day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the night price holds, like &quot;22:00-06:00&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change settings by dotted name, all or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A setting is not used: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it in the settings file or on the Settings page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at {path} and the space left on its disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file could not be read ({error}); defaults are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old file is kept as {aside}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page} is no table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A peer already runs in this home folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it (`closedmesh status` shows where), end it, or choose another --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a home with a shorter path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder with --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A peer runs in this home folder; nothing was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit it, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be removed: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at its rights, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of secrets {path} is not used: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it right (chmod 600), or delete it: a new API key is made then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keychain here: the API key lies in a file only your account can read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do; with a keychain (GNOME Keyring, KWallet) it would lie there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain is locked or did not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it (usually with your login password) and try again, or give CLOSEDMESH_API_KEY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command} refused: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command} does not answer: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the rights of its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at `systemctl --user status`; without systemd start `closedmesh serve` yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at System Settings &gt; General &gt; Login Items, or start `closedmesh serve` yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the Task Scheduler, or start `closedmesh serve` yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer that was begun elsewhere does not keep its form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text has {len} tokens; the model reads {most} at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut it into parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model makes vectors; it writes no answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model for chats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not compute the vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a simpler form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON schema has more than {max_depth} levels or {max_parts} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The grammar has {rules} rules and {repetitions} repetitions in {len} characters; {max_parts}, {max_repetitions} and {max_grammar} are the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON schema cannot be turned into a grammar ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The grammar has brackets more than {max_depth} deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON schema has a {name} above {max_repetitions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp could not read the grammar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama.cpp could not read the model file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify the file, or get another copy; its architecture may be too new.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The draft model has another vocabulary than the model it guesses for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another draft model, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message or a function contains the name of a control token where the model&apos;s chat template changes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out words like &lt;|im_end|&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no token {unknown}: its vocabulary has {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use tokens of exactly this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt has {count} tokens; the context holds {context} together with the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten the prompt, raise engine.context, or leave out the oldest messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score what follows something.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt and continuation have {len} tokens; the context holds {context}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score a shorter text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not compute the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again; if it repeats, choose a smaller context or another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model writes answers; it makes no vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an embedding model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again: it starts anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that ran {title} {how}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If this repeats, memory may be short: {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its last words: {last_words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} was taken out of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again to load it once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second model was sent to a worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cache of conversations could not be written ({strerror}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no memory for {slots} conversations of {context} tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or lower engine.context or engine.slots.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such receipt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh credits` lists those that are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in no mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose this computer as the place that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker ended an answer it had not begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listens at {ways}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer within {limit} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It refused: {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It failed: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This message does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the chat again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer before is still being written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it, or stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a question can be asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not on this computer; take it in or choose another chat.model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free} of {total} GB are free; {keep} GB stay free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{requests} already for {title}; the last of them has its turn in about {wait} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again then, or raise engine.slots or engine.queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mesh said nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join one with an invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This download is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh models list` shows what is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} needs {needed} GB more, and the disk of the model folder has {free} GB free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room (a little stays free for other programs), or choose another models.folder. What was fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program made a mistake. Try to go on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be written: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room on the disk of the model folder, or choose another folder. What was fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} arrived twice as the same wrong file: its SHA-256 is not the one announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was deleted. The hub may be at fault, or a filter in your network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}, and {max_tries} tries changed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was fetched is kept. Go on with it when the network is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hub refused with the number {status}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later, or another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {int} bytes on the hub; {size} were announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was changed in the meantime. Start the download anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hub does not let us have {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its owner may ask people to agree to terms: do so on its page there, then give your token (`closedmesh models token`, or the Models page).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} is not on the hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the spelling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hub&apos;s reply could not be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later; if a mirror is set, look at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{repo} has no file {path} on the hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh models search {repo}` lists what it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the network and its proxy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy {value} cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one that begins with http:// or https:// (network.proxy_address).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} could not prove that it is {host_2}: its certificate is not valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at this computer&apos;s date, and whether a filter in your network opens encrypted connections. Nothing was fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain&apos;s entry node-key of closedmesh holds something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete that entry: the peer is given a new key, and joins its mesh anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No socket could be opened at {addresses}: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program may use the port; choose another mesh.port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer gives no files now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer does not give that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is shorter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others are given files already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing has stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get all parts of the model once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why} Use it only if you know where it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model {ref} on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} vanished after it was copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not the one that was here before: somebody or something changed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody vouches for this file: it is not in the catalogue, and neither a download nor an import brought it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} is no longer on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of {title} has changed: its SHA-256 is {sha256}, on record is {sha256_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk may be failing, or somebody changed the file. Remove it and take it in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models may have {cap} GB together (models.cap_gb); with this one they would have {held} GB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one that you do not use, or raise the cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is no whole path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin it with /.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is on this computer; `closedmesh models import FILE` takes one in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at its rights and its disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} does not lie in the model folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {path}; delete it there if you want.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {near}? On this computer: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this computer: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} was in use all the time, or said too little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure it when nothing else is asked of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is just being opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entry of {mesh_name} answers ({problem}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look whether this computer is online, and try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This invite to {mesh_name} {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the person who sent it for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join one with an invite, or ask this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry belongs to another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a new invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers that were tried: {len}. The last one failed: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again in a minute, or choose this computer as the place that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer of the mesh shares {name} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model, or this computer as the place that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer that shares {name} has room for so long a conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten it, or let the oldest messages be left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every peer that shares {name} is busy or failed lately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again in about {wait} s, or choose this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no longer listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt and answer do not fit into the model&apos;s context at that peer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten the conversation, or let the oldest messages be left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The peer cannot do what the question asks for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask in another way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is no longer a member of {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the person who runs the mesh for a new invite, or leave the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entry of {name} answers; the peers that are known are still asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look whether this computer is online; it tries again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not list this computer, so nobody asks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces itself again by itself; if this stays, look at the clock and the network of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer of the mesh shares a model {ref}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh status` lists what is shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only an entry of a mesh makes invites and ends memberships.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the person who runs the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only an entry of a mesh checks peers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh status` says what it found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer {peer} shares such a model now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh status` lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{len} different models of the mesh are called {ref}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name one by its SHA-256: {sorted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The transcript cannot be read: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh check --keep` writes them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is one of {parts} parts, and its name does not say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the parts the names they were published with, side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a GGUF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} could not be copied: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the file and the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{new} has a file {clash} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an empty folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models have {size} GB, and the disk of {new} has {disk_free} GB free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a disk with more room, or remove models first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models could not be moved to {new}: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost; look at the folder&apos;s rights and its disk, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is one of several parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it where it lies, or put all parts into the model folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {size} GB, and the disk of the model folder has {disk_free} GB free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room, or choose another models.folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in the mesh {name} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave that one first: `closedmesh leave`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is an entry of its mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An entry cannot leave; end it instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry gave a certificate that does not hold: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is not ready: no entry has certified this computer&apos;s questions yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the health list, and try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log says more; trying again may help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer has no key of its own, so it cannot be in a mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keychain, and start it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say Hello first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer does not do that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is another mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The external provider {host} refused the question ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at its address and its name of the model in the settings, page Fallback.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The external provider {host} does not accept the key ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set another one: `closedmesh fallback key`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The external provider did not answer to the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again, or choose the mesh or this computer as the place that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer does not share that model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {max_per_client} questions of one asker at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This peer answers {most} at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{queued} questions wait already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every place is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no memory left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer could not be computed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} comes with the program and not from the hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the program again if its file is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hub has another file for {title} than the catalogue means.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was fetched. `closedmesh models search {repo}` shows what it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be opened: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another home folder with --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by a newer version of ClosedMesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the program, or choose another home folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of chats could not be written: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look whether the disk is full or read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of chats could not be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the disk it lies on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of chats was damaged ({error}); a new one was begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdicts are signed by an entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The verifier has another owner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No such answer is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invite was to be redeemed by another peer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This membership was revoked after the invite was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This entry has not admitted this peer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An asking key is used for one day only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A member has at most {keys_per_day} keys a day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peer {short} is not a member.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh status` lists the peers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was signed for another entry or mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The owner&apos;s word is about another peer or mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key was made for another member.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys are certified for today and six days ahead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mesh cannot be called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a name of 1 to {max_name} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This home is the entry of the mesh {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it with --mesh {known}, or choose another home folder with --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of the mesh {known} is missing from the keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it, or found a new mesh in another home folder with --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The announcement names another certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many want to join just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too often.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is not open yet, so an invite would lead nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a few seconds; `closedmesh status` says what is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This entry has not made this invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invite was revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invite has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invite has been used already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no invite {invite}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`closedmesh invite list` shows all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not your address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many meetings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not connected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That peer&apos;s model cannot be checked here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry needs a copy of exactly this model, and the peer must share it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program in the background stopped answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers at the local API&apos;s address does not speak as this program does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit every ClosedMesh on this computer and start it again: versions may differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local API cannot open: no port from {preferred} to {last} is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another port in the setting api.port, and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer runs in this home folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one: `closedmesh`, or `closedmesh serve`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A peer has begun to start in this home and does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a little, or end it and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On your computer: what is enforced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chat on this computer stays there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is answered by a model that runs there, and there is no way from such a chat to the network. Only a chat that you set to Mesh, or to Automatic, can leave it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each model runs in a process of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A crash, or a model file made to do harm, ends that process. The window and your chats are not in it. Files are checked before they are loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local API answers that computer only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It listens on 127.0.0.1, wants the key with every call, and refuses calls that a web page sent, unless you allow that page in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a model writes cannot act</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images are not fetched, local files are not opened, and a link shows its whole address before it is followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logs hold no words of yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions, answers and keys are never written to the log files. There is no telemetry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys are kept in the system&apos;s keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where there is no keychain they are files that only your account can read; the window then says so at the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a mesh: what is enforced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only members are answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every peer is a key. Connections are encrypted and both sides prove their keys; a key that no entry has admitted gets no service. An invite that is used up, out of date or withdrawn admits nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A question goes straight to the peer that answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry sees no question of a member. A relay passes on packets that it cannot read. Packets are padded, so that their sizes say less about the words inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who asks changes name every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions are asked under a key that is new each day, so that the peers that answer cannot connect your days by it. They still see a network address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that you name, or an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model is identified by the SHA-256 of its file. Another one never answers in its place, and every answer says which path served it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers are checked, and the result is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry asks questions that look like any other and compares the numbers behind the answers with a copy of the model. The status page shows what came out, also when nothing can be told yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of different origin stay apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a peer measured on itself and what was measured by asking it stand side by side, each with the number of its samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is not protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The peer that answers reads your question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has to, to answer. It belongs to somebody else, who can keep what it reads. No hardware enclave keeps it from that. Never send secrets through a mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry reads what is asked through its public API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where an entry lets anybody ask without being a member, the question passes through it, and it can be read there and by the peer that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members see which model you fetch from them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a mesh, blocks of a model also come from members who share it. They see which model is fetched, under the key of the day. The setting models.from_members turns it off; then the hub alone sees it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A check is evidence, not proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They do not prove that one answer was honest, and a peer that has not been checked long enough is shown as exactly that. Measured with one small model on one processor: four bits in place of eight, two in place of four, another model and canned text were found in 3 checks, six bits in place of eight in 5. Of 44,000 decisions about honest peers, simulated from these measurements by which the limits were also set, none was wrong: at most 1 in 14,000. Graphics cards are not measured yet. Verdicts are shown; chats go past a peer only where two entries agree and both want that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What checks do not find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sixteen bits in place of eight, and changes to a model that are as small. A peer that passes your question on to an honest one, which then reads it too. A cheat on one answer in ten takes about 50 checks, on one in twenty about 120. And checks can be told from real chats: given one of each, a classifier that saw nothing but the first question was right 94 times in 100. Whoever cheats on chats only still has to show, for some of them, numbers from which the answer follows; these can be the numbers of the cheaper model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody promises that a mesh is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers are people&apos;s own computers, which are switched off. An answer that breaks off is continued elsewhere if somebody else shares the same model. There is no service level.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other programs of your account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever runs with your account can read your chats, settings and model files, as it can read all your documents. Chats are not encrypted on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a model says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers can be wrong, and a model can be made to mislead. The SHA-256 of a file tells that it is the file on record, not that its answers are good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever has the key of the local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A program that you give the key can ask questions, read and change your chats and settings. Make a new key to shut it out.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message numerus="yes">
        <source>{n} question is being answered, {waiting} waiting</source>
        <comment>{n} questions are being answered, {waiting} waiting</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No question is being answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What sharing takes, and when this computer was shared, is on the Sharing page. Each reply in a chat shows its own figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For programs on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works with clients made for OpenAI&apos;s API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a new key?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programs that use the old key are shut out at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open this address?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model wrote this address. Open it in the browser?

{address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <comment>of a block of code</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No chat holds these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as Markdown…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title of the chat:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editing an earlier message; the old version is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the message as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others can read this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that answers in this chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How this chat is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place that answers: {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat is answered here, and nothing of it leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered on this computer: nothing you write leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is made on this computer; nothing you write leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat is answered by another member&apos;s computer, whose owner can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered by another member&apos;s computer: others can read this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is made on another member&apos;s computer, whose owner can read what you write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered here if this computer has the model, else by another member&apos;s computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered here if this computer has the model, else by the mesh: others can read this then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is made here if this computer has the model, else on another member&apos;s computer, whose owner can read what you write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mesh, else outside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat is answered by another member&apos;s computer, else by a provider outside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered by another member&apos;s computer or a provider outside: others can read this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is made on another member&apos;s computer or by a provider outside, who can read what you write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is on this computer. Open Models and import a GGUF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in no mesh. Choose another place above, or join one on the Mesh page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} ({note})</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} peer</source>
        <comment>{n} peers</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Default: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody shares it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The version before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit; this version is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer again; this answer is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. The text so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program ended while this was written. The text so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The answer broke off after {n} word. It is kept. {problem}</source>
        <comment>The answer broke off after {n} words. They are kept. {problem}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{number} tokens/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{speed} as measured here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first word after {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} token</source>
        <comment>{n} tokens</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>without the oldest message</source>
        <comment>without the oldest {n} messages</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>ended at the length limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outside, by the fallback provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by peer {peer} ({link})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by peer {peer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>first peer tried</source>
        <comment>{n} peers tried</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>≈&#xa0;{number}&#xa0;Wh (estimated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} Wh ({source})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat could not be written to {name}: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model is told before every chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fresh one for each answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As long as it fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out the oldest messages when the chat is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands before the whole chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 always takes the likeliest word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this many likeliest tokens; 0 is all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the likeliest tokens of this total share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves out tokens far less likely than the best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above 1 repeats less; 1 is off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A seed is a whole number from 0 to 2^63 - 1, or nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain in three sentences how a rainbow is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a short poem about the sea.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a Python function that reverses a list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>24 h ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>18 h</source>
        <comment>ago</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>12 h</source>
        <comment>ago</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>6 h</source>
        <comment>ago</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ClosedMesh keeps running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the window or quit with the icon here. Settings say what closing does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About ClosedMesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ClosedMesh {version}

A peer-to-peer mesh for LLM inference on hardware that people already own.

Apache License 2.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and {n} more in the queue</source>
        <comment>and {n} more in the queue</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{landed} of {whole} ({percent} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} MB/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} of disk free afterwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem}. Retrying ({tries} of {most_tries}), {percent} % kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking what is here already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing its SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repairing damaged blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>of a download</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models of other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of Ollama, LM Studio and Hugging Face can be used where they lie.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} found.</source>
        <comment>{n} found.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>None were found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it where it lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use {title} where it lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} is among the models now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {title}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for models, or paste owner/name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search on Hugging Face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the hub…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the hub for the files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token for gated models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gated models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{repo}, licence {licence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its owner asks you to agree to terms on its page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no model in the GGUF format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A token is kept in the keychain. It goes to the hub and to nobody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some owners ask people to agree to terms on the model&apos;s page first. A token of your account there lets this computer fetch such models; it is kept in the keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the files of {repo}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the mesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the mesh and share a computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invite someone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the invite allows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the invite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link of the invite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It allows to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> times</source>
        <comment>of an invite: 3 times</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer belongs to no mesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other computer is connected, and none is tried. Paste an invite to join one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a GGUF file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeing memory…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked: the file has the SHA-256 on record, byte for byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the whole file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this model?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sentence} Chats are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} is on this computer now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking and copying the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move all models to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving the models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models lie in {folder} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers where no other model is named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256 {short_hash}… · {default}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load into memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for new chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} model on this computer, {size} of disk</source>
        <comment>{n} models on this computer, {size} of disk</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is no model on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free} of {total} memory free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} will be deleted from this computer, which frees {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} will no longer be used; its file stays where it lies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trained for {number} tokens of context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>licence {licence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} file</source>
        <comment>{n} files</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>last used on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On disk; it is read into memory at its first question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being read into memory…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is gone or was changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: it is not used until you say so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In memory: {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>one conversation at a time, {context} tokens each</source>
        <comment>{n} conversations at a time, {context} tokens each</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{number} being answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy my peer id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the mesh…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End this membership…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invite someone…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My peer id: {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a second in three columns, with the number of samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None was made yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw the invite {invite}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invite was opened, but this computer is a member of {mesh} already. Leave it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer asks and answers nobody any more. Joining again takes an invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the membership of peer {peer}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is shut out within a minute, and joining again takes an invite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The short form of its id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it answers with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured here; a connection is opened when it is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a second of the engine by itself, measured on this computer (samples)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Announced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a second as the peer says of itself (samples): not checked here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a second of answers to this computer, the way included (samples)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the questions that check the model showed (answers that were weighed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the program, as the peer says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer may ask the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer may ask the mesh, and answer others if this computer is shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer may run the mesh as one of its entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer may {scope}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever answers a question can read it: members are people with computers of their own. Nothing is asked of the mesh before you choose so in a chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invite to {mesh}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be used until {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With it this computer may ask the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With it this computer may ask the mesh, and answer others if this computer is shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With it this computer may {scope}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>It can be used once until {moment}. It is shown only now.</source>
        <comment>It can be used {n} times until {moment}. It is shown only now.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Whoever holds this link may ask the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever holds this link may ask the mesh, and answer others if their computer is shared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever holds this link may {scope}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entry answers; known peers are still asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership has ended. A new invite is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is an entry of the mesh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected: {way}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The membership lasts until {moment} and renews itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} member, {connected} connected now.</source>
        <comment>{n} members, {connected} connected now.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{entries} known, {connections} open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} entry</source>
        <comment>{n} entries</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} connection</source>
        <comment>{n} connections</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The mesh lists what this computer shares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mesh does not list this computer yet, so nobody asks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>admits members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shares nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{peer} (this computer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{peer} (entry)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>did not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{verdict}, left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>used {used} of {uses}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for asking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for asking and sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where models come from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs well on this computer comes first. Nothing is fetched before you ask for it, and a file is used only when its SHA-256 is the one announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the mesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weights}, {number} of them at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the hub is asked for its SHA-256 first</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} part</source>
        <comment>{n} parts</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} of memory at {context} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} tokens a second, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} tokens a second, estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code</source>
        <comment>ability of a model</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reasoning</source>
        <comment>ability of a model</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tools</source>
        <comment>ability of a model</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vision</source>
        <comment>ability of a model</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>many languages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>languages {languages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} download</source>
        <comment>{n} downloads</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} like</source>
        <comment>{n} likes</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed {updated}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asks you to agree to terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop oldest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model files together (GB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download speed (MB/s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch from members too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guess ahead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for earlier conversations (MiB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep earlier conversations on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free memory after (minutes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep free (MiB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other programs go first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory of conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers on the graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give way to other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure speed while idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models for others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only after (minutes without you)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charge to keep (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On networks that cost by the byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>During full-screen programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours and days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not above (°C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions of others at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent in a month (GB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credits a day, then stop (not money)</source>
        <translation>Credits am Tag, dann aufhören (kein Geld)</translation>
    </message>
    <message>
        <source>Model files to members (MB/s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep free on the disk (GB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers in progress when sharing stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay awake while answering others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port for other peers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find members nearby</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Act on verdicts (entry)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price of a kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price of a kWh at night</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Night hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a chat is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a provider outside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models of the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the mesh (seconds)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let anybody ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions a minute from one address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions a minute from all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind a proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port of the local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed web pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close to the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings by subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of everything this program keeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Security</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} (not on this computer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{held} of {n} model in memory</source>
        <comment>{held} of {n} models in memory</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>closed</source>
        <comment>of the API</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peer {peer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>process {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After the current request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until tomorrow {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When this computer may be shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the rules…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share anyway for 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is not shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to share yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing is held back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers in progress are finished when sharing stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers in progress go on at another peer when sharing stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers in progress end at once when sharing stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared</source>
        <comment>in the strip of a day</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held back by a rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody else can use it, and nothing runs here for others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>It answers {n} question of others now.</source>
        <comment>It answers {n} questions of others now.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>It answers others as soon as somebody asks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} Until {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing takes power only while something is answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharing would take {answering} while something is answered, {more} above idle; nothing while it waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not tell what it draws.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{watts} now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{now}, {watts} without answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} Wh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{energy} for answers today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured: {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated: {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not on networks that cost by the byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not while a program fills the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {hours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not above {degrees} °C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {number} GB sent a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {number} credits a day (not money)</source>
        <translation>Höchstens {number} Credits am Tag (kein Geld)</translation>
    </message>
    <message>
        <source>{number} GB stay free on the disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory that other programs need stays free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only after {minutes} minutes without you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not on battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On battery only above {percent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{begin} to {end}: {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open ClosedMesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy local API address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ClosedMesh: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share this computer (your invite is for chats only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit (stops sharing)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} kWh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today {energy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{currency}{number}</source>
        <comment>money</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Serving {n} request</source>
        <comment>Serving {n} requests</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Sharing, idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sharing now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready · not sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something needs your attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {title}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Answering your question</source>
        <comment>Answering {n} of your questions</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <comment>of models</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free the memory now (nothing is loaded)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free the memory now ({size})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share this computer (join a mesh first)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ClosedMesh: not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model: none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ClosedMesh: starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not the model it claims to be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>check undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} billion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} million</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} W</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Through the mesh, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages are processed on other people&apos;s computers. They can read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share this computer with the mesh while it is idle and plugged in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open ClosedMesh when I log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome to ClosedMesh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where shall your questions be answered?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything here can be changed later. Nothing is reported to anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste an invite: {scheme}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Member of {mesh} already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{processor} · {memory} memory · {disk} free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is on this computer yet. Models can be had on the Models page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready, nothing to download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tight on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get {title} as well ({size}); this network costs by the byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get {title} as well ({size}); it is more able, and arrives while you chat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
