namespace HilRig.Core.Rigs;

/// <summary>Kinds of power switches.</summary>
public enum PowerSwitchKind
{
    /// <summary>A USB relay board with a CH340 serial chip.</summary>
    SerialRelay,

    /// <summary>A relay on a line of a Linux GPIO chip.</summary>
    Gpio,

    /// <summary>The output of a laboratory supply that speaks SCPI.</summary>
    ScpiSupply,

    /// <summary>The switch of an emulated rig.</summary>
    Virtual,
}
