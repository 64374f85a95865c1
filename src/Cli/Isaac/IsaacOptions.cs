using System.CommandLine;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Core.Errors;

namespace HilRig.Cli.Isaac;

/// <summary>What the verbs of `hilrig isaac` have in common.</summary>
internal sealed class IsaacOptions
{
    private readonly Option<int> _generation = new("--generation")
    {
        Description = "Which wire: 1 (IsaacSimZMQ) or 2 (bundled bridge). Nothing guesses.",
        Required = true,
    };

    private readonly Option<int> _width = Side("--width", "Columns of the images.");
    private readonly Option<int> _height = Side("--height", "Rows of the images.");
    private readonly Option<int> _stream = Port("--stream-port", 5561, "What Isaac sends.");
    private readonly Option<int> _control = Port(
        "--control-port", 5557, "Camera commands; generation 2: all commands.");

    private readonly Option<int> _settings = Port("--settings-port", 5559, "Generation 1.");
    private readonly Option<int> _effector = Port(
        "--effector-port", 5560, "Generation 1: goals of the arm.");

    private readonly Option<string?> _fields = new("--fields")
    {
        Description = "Field numbers of generation 2, JSON; ours are unverified.",
    };

    private readonly Option<double?> _seconds = new("--seconds")
    {
        Description = "How long; without it until Ctrl-C.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _generation, _width, _height, _stream, _control, _settings, _effector, _fields,
            _seconds,
        ];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Which wire.</summary>
    /// <exception cref="ScenarioException">Neither 1 nor 2.</exception>
    public IsaacGeneration Generation(ParseResult parsed) => parsed.GetValue(_generation) switch
    {
        1 => IsaacGeneration.One,
        2 => IsaacGeneration.Two,
        int other => throw new ScenarioException(
            "there is no such generation of Isaac's wire", "--generation", "1 or 2", $"{other}"),
    };

    /// <summary>Size of the images.</summary>
    public IsaacImageSize Size(ParseResult parsed) =>
        new(parsed.GetValue(_width), parsed.GetValue(_height));

    /// <summary>The ports.</summary>
    public IsaacPorts Ports(ParseResult parsed) => new()
    {
        Stream = parsed.GetValue(_stream),
        Control = parsed.GetValue(_control),
        Settings = parsed.GetValue(_settings),
        Effector = parsed.GetValue(_effector),
    };

    /// <summary>File of field numbers; null for ours.</summary>
    public string? Fields(ParseResult parsed) => parsed.GetValue(_fields);

    /// <summary>How long, s; null for no end.</summary>
    public double? Seconds(ParseResult parsed) => parsed.GetValue(_seconds);

    private static Option<int> Side(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => 720 };

    private static Option<int> Port(string name, int standard, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };
}
