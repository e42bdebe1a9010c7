from closedmesh.host.paths import resources
from closedmesh.ui.security_view import security_view


def test_the_window_says_what_the_resources_say():
    titles = [section.title for section in security_view(resources())]

    assert "What is not protected" in titles
