from closedmesh.models.duty import Reason, Span
from closedmesh.node.diary import KEEP_DUTIES, Diary


def test_energy_adds_up_by_day(store):
    diary = Diary(store)
    diary.add_energy("2026-03-01", 1.5, 0.25)
    diary.add_energy("2026-03-01", 0.5, 0.25)
    diary.add_energy("2026-03-02", 9.0, 1.0)
    assert diary.energy("2026-03-01") == (2.0, 0.5)
    assert diary.energy("2026-03-03") == (0.0, 0.0)


def test_uploads_add_up_by_month(store):
    diary = Diary(store)
    for day, size in (("2026-02-28", 5), ("2026-03-01", 10), ("2026-03-31", 20)):
        diary.add_upload(day, size)
    assert diary.uploaded("2026-03") == 30
    assert diary.uploaded("2026-04") == 0


def test_energy_and_uploads_of_a_day_stand_side_by_side(store):
    diary = Diary(store)
    diary.add_upload("2026-03-01", 10)
    diary.add_energy("2026-03-01", 2.0, 0.0)
    assert diary.energy("2026-03-01") == (2.0, 0.0)
    assert diary.uploaded("2026-03") == 10


def test_a_reason_that_goes_on_is_one_span(store):
    diary = Diary(store)
    diary.note(100.0, 100.0, Reason.ON)
    diary.note(100.0, 160.0, Reason.ON)
    diary.note(160.0, 170.0, Reason.IN_USE)
    assert diary.duties(0.0) == (Span(100.0, 160.0, Reason.ON), Span(160.0, 170.0, Reason.IN_USE))
    assert diary.duties(165.0) == (Span(160.0, 170.0, Reason.IN_USE),)


def test_what_is_long_past_is_forgotten(store):
    diary = Diary(store)
    diary.note(0.0, 10.0, Reason.ON)
    diary.note(20.0, 11.0 + KEEP_DUTIES, Reason.OFF)
    assert [span.reason for span in diary.duties(0.0)] == [Reason.OFF]


def test_a_reason_of_a_newer_program_is_passed_over(store):
    diary = Diary(store)
    with store.transaction() as database:
        database.execute("INSERT INTO duties VALUES (1, 2, 'full-moon')")
    diary.note(3.0, 4.0, Reason.ON)
    assert [span.reason for span in diary.duties(0.0)] == [Reason.ON]
