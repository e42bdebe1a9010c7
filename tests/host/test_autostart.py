from closedmesh.host import autostart, service_linux, service_macos, service_windows


def test_this_system_has_its_way():
    systems = (service_linux, service_macos, service_windows)
    assert any(autostart.install is getattr(system, "install", None) for system in systems)
