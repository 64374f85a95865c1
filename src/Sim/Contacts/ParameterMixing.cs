namespace HilRig.Sim.Contacts;

/// <summary>Where the contact parameters of a pair come from.</summary>
internal enum ParameterMixing
{
    /// <summary>Both geoms, of one priority.</summary>
    Both,

    /// <summary>The first geom alone: its priority is higher.</summary>
    First,

    /// <summary>The second geom alone: its priority is higher.</summary>
    Second,

    /// <summary>The pair itself, which the file names.</summary>
    Named,
}
