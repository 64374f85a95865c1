using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;

namespace HilRig.Rig.Processes;

/// <summary>
/// What every process of a rig is told: which rig, on which ports, watched by which page.
/// </summary>
public sealed record ProcessArguments
{
    /// <summary>Rig file.</summary>
    public required string RigPath { get; init; }

    /// <summary>Ports that stand in for those of the rig file, "bus=port" each.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>
    /// The heartbeat page of host, agent and guardian; null: make one beside the rig's lock.
    /// </summary>
    public string? PagePath { get; init; }

    /// <summary>
    /// Folder of lease and latch; null: the user's own. A virtual arm lives as long as its
    /// emulator, so its files go to the run's folder and no stop of it outlives it.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>Whether the end of standard input means that the parent has ended.</summary>
    public bool IsSupervised { get; init; }

    /// <summary>The rig with the given ports in place of its own.</summary>
    /// <exception cref="ScenarioException">It is wrong, or has no servos.</exception>
    public RigDescription LoadRig()
    {
        RigDescription rig = WithPorts(Files.RigFile.Load(RigPath), Ports);
        return rig.Isaac is null ? rig : throw new ScenarioException(
            "A rig that Isaac simulates has no agent, guardian or emulator",
            rig.Path,
            remedy: "hilrig run, with Isaac or 'hilrig isaac stand-in' beside it");
    }

    /// <summary>The same, for processes that drive servos.</summary>
    /// <exception cref="ScenarioException">The rig has a controller in their place.</exception>
    public RigDescription LoadServoRig()
    {
        RigDescription rig = LoadRig();
        return rig.IsPacketClocked
            ? throw new ScenarioException(
                "This rig has neither agent nor guardian: its controller drives and stops it",
                rig.Path,
                remedy: "'hilrig run' connects to the controller itself")
            : rig;
    }

    /// <summary>The files that the rig's processes share.</summary>
    /// <param name="rig">The rig, with its ports.</param>
    public RigKey KeyOf(RigDescription rig) => RigKey.Of(rig, StateFolder);

    /// <summary>Puts ports in place of those of the rig file.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="ports">"bus=port" each.</param>
    /// <exception cref="ScenarioException">
    /// A bus is unknown or the text has another form.
    /// </exception>
    public static RigDescription WithPorts(RigDescription rig, IEnumerable<string> ports)
    {
        var buses = rig.Buses.ToList();
        foreach (string text in ports)
        {
            string[] parts = text.Split('=', 2);
            int index = buses.FindIndex(bus => bus.Name == parts[0]);
            if (parts.Length != 2 || index < 0)
            {
                throw new ScenarioException(
                    "A port cannot be put in place",
                    "--port",
                    "bus=port with a bus of the rig: "
                        + string.Join(", ", buses.Select(bus => bus.Name)),
                    text);
            }

            buses[index] = buses[index] with { Port = parts[1] };
        }

        return rig with { Buses = buses };
    }

    /// <summary>As arguments of a child process.</summary>
    public IEnumerable<string> Encode()
    {
        yield return RigPath;
        foreach (string port in Ports)
        {
            yield return "--port";
            yield return port;
        }

        if (PagePath is not null)
        {
            yield return "--page";
            yield return PagePath;
        }

        if (StateFolder is not null)
        {
            yield return "--state";
            yield return StateFolder;
        }

        if (IsSupervised)
        {
            yield return "--supervised";
        }
    }
}
