using System.Diagnostics;
using System.Globalization;
using HilRig.Cli.Bench;

namespace HilRig.Cli.Sim.Bench;

/// <summary>Native MuJoCo that steps the same model in a process of its own.</summary>
internal sealed class MujocoPeer : IDisposable
{
    private readonly NativePeer _program;
    private readonly Process _process;

    /// <summary>Builds and starts it.</summary>
    /// <param name="modelPath">The model.</param>
    /// <param name="keyframe">Where it begins, or null.</param>
    /// <exception cref="MissingControl">There is no compiler or no MuJoCo.</exception>
    public MujocoPeer(string modelPath, string? keyframe)
    {
        _program = NativePeer.Build("sim-peer.c", "-lmujoco");
        string path = Path.GetFullPath(modelPath);
        _process = keyframe is null ? _program.Start(path) : _program.Start(path, keyframe);
    }

    /// <summary>Lets it step.</summary>
    /// <param name="seconds">Processor time, s.</param>
    /// <returns>Steps per second of processor time, and the mean number of contacts.</returns>
    /// <exception cref="MissingControl">It has ended.</exception>
    public (double StepsPerSecond, double Contacts) Run(double seconds)
    {
        try
        {
            _process.StandardInput.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"run {seconds:F6}"));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }

        string[] words = (_process.StandardOutput.ReadLine() ?? throw Ended()).Split(' ');
        return (
            Number(words[0]) / Number(words[1]),
            Number(words[2]));
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _program.Dispose();
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private static MissingControl Ended() => new(
        "sim-peer",
        "it ended; what it says is above",
        "if MuJoCo is too old to read the model, give it one that it can with --peer-model");
}
