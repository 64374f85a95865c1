namespace HilRig.Devices.Virtual.Faults;

/// <summary>One fault of a virtual bus.</summary>
public sealed record BusFaultOptions
{
    /// <summary>What goes wrong.</summary>
    public required BusFaultKind Kind { get; init; }

    /// <summary>Bus id of the servo; null for every servo, or for the port.</summary>
    public byte? ServoId { get; init; }

    /// <summary>When it begins. Default at once.</summary>
    public FaultStart Start { get; init; }

    /// <summary>How long it lasts, s. Default to the end.</summary>
    public double ForSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>1 for each reply (default), n for each n-th.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Share of replies that it happens to, 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Seed of what is random. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>How late replies are (slow, delayed), s. Default 0.</summary>
    public double BySeconds { get; init; }

    /// <summary>What replies tell (wrong). Default the truth.</summary>
    public ReplyLie Lie { get; init; } = new();

    /// <summary>Its number in the arm's events; null: it leaves none.</summary>
    public int? Number { get; init; }
}
