using System.CommandLine;
using HilRig.Cli.Bench;
using HilRig.Sim.Mjcf;

namespace HilRig.Cli.Sim;

/// <summary>How a command loads its model: what it may leave out, room for contacts.</summary>
internal sealed class LoadOptions
{
    private const int ModelContactMax = 100_000;

    private readonly Option<bool> _meshes = new("--skip-meshes")
    {
        Description = "Go on without mesh geoms instead of refusing them.",
    };

    private readonly Option<bool> _sensors = new("--skip-sensors")
    {
        Description = "Go on without sensors that are not simulated instead of refusing them.",
    };

    private readonly Option<int> _contacts = BenchOptions.Ranged(
        "--contacts",
        "Contacts an env can hold; 0 for nconmax of the model, or 128",
        0,
        0,
        ModelContactMax);

    /// <summary>Adds the options to a command.</summary>
    public LoadOptions(Command command)
    {
        command.Options.Add(_meshes);
        command.Options.Add(_sensors);
        command.Options.Add(_contacts);
    }

    /// <summary>What the user allows.</summary>
    public MjcfOptions Read(ParseResult parsed) => new()
    {
        SkipMeshes = parsed.GetValue(_meshes),
        SkipSensors = parsed.GetValue(_sensors),
        ContactMax = parsed.GetValue(_contacts),
    };
}
