using HilRig.Bridge.Isaac.Messages;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.StandIn;

/// <summary>How to stand in for an Isaac Sim.</summary>
public sealed record IsaacStandInOptions
{
    /// <summary>Host of the server to connect to. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Its ports.</summary>
    public IsaacPorts Ports { get; init; } = new();

    /// <summary>Size of the images to send.</summary>
    public IsaacImageSize ImageSize { get; init; } = IsaacImageSize.Standard;

    /// <summary>
    /// Whether a settings command has the effect it was meant to have; Isaac's own handler has
    /// none, and that is the default.
    /// </summary>
    public bool FixSettings { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ScenarioException">One is out of range.</exception>
    public void Validate()
    {
        Ports.Validate();
        ImageSize.Validate();
    }
}
