"""The newsroom's door: one file for each screen. `screens` names them all; `apps` imports it once the site stands."""
