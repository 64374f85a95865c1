namespace HilRig.Tasks.Drawer;

/// <summary>
/// Where the middle of the handle's slot is, seen from the lower end of the pin. Lengths are those
/// of drawer-hook.xml, m.
/// </summary>
/// <param name="Ahead">Toward the cabinet, m.</param>
/// <param name="Left">m.</param>
/// <param name="Up">m; above 0 while the pin is deeper than the middle of the bar.</param>
internal readonly record struct DrawerGeometry(double Ahead, double Left, double Up)
{
    /// <summary>Middle of the slot before the drawer's face.</summary>
    public const double SlotBeforeFace = 0.003;

    /// <summary>Measures a scene.</summary>
    public static DrawerGeometry Of(in TaskState state) => new(
        state.Objects[0] - state.Objects[3] - SlotBeforeFace - state.Position[0],
        state.Objects[1] - state.Position[1],
        state.Objects[2] - state.Position[2]);
}
