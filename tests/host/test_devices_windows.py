"""Only that the module can be read everywhere; its calls are Windows' own."""

from closedmesh.host.devices_windows import ENERGY_METER


def test_the_interface_is_that_of_energy_meters():
    assert str(ENERGY_METER) == "45bd8344-7ed6-49cf-a440-c276c933b053"
