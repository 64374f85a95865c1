using System.CommandLine;
using System.Globalization;
using System.Text;
using HilRig.Cli.Bench;
using HilRig.Cli.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Gradients;

namespace HilRig.Cli.Sim.Bench;

/// <summary>`hilrig sim bench`: how fast a batch steps, beside native MuJoCo if asked.</summary>
internal static class SimBench
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Option<string> model = SimOptions.Model();
        Option<string> backend = SimOptions.Backend("auto");
        Option<int> envs = BenchOptions.Ranged("--envs", "Number of envs", 4096, 1, 1 << 20);
        Option<double> seconds = BenchOptions.Ranged(
            "--seconds", "Processor time a thread to measure for, s", 5.0, 0.05, 3600);
        Option<int> threads = SimOptions.Threads();
        Option<int> lanes = SimOptions.Lanes();
        Option<bool> json = BenchOptions.Json();
        var keyframe = new Option<string?>("--keyframe")
        {
            Description = "Keyframe to begin at; else the reference position.",
        };
        Option<bool> peer = Switch(
            "--peer", "Run native MuJoCo (libmujoco, built here) turn about on the same core.");
        var peerModel = new Option<string?>("--peer-model")
        {
            Description = "The model as an old MuJoCo can read it; else the same file.",
        };
        Option<bool> tangents = Switch(
            "--jvp", "Step dual lanes too, from the reference: a direction each.");
        Option<bool> phases = Switch(
            "--phases", "Step by the phases, not by code that is compiled for the model.");
        var command = new Command(
            "bench", "Steps per second of processor time under random actions.")
        {
            model, envs, seconds, backend, threads, lanes, keyframe, peer, peerModel,
            tangents, phases, json,
        };
        var load = new LoadOptions(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(model);
            BenchOptions.Print(
                SimBenchRun.Measure(new SimBenchSettings(
                    path,
                    parsed.GetValue(peerModel) ?? path,
                    load.Read(parsed),
                    parsed.GetValue(envs),
                    parsed.GetValue(seconds),
                    parsed.GetValue(peer) || parsed.GetValue(peerModel) is not null,
                    parsed.GetValue(tangents),
                    SimOptions.Batch(
                        parsed.GetRequiredValue(backend),
                        parsed.GetValue(threads),
                        parsed.GetValue(lanes)) with
                    {
                        Keyframe = parsed.GetValue(keyframe),
                        OnFault = FaultPolicy.Reset,
                        Compilation = parsed.GetValue(phases)
                            ? StepCompilation.Never
                            : StepCompilation.Always,
                    })),
                parsed.GetValue(json),
                Describe);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description };

    private static string Describe(SimBenchResult result)
    {
        var text = new StringBuilder();
        Line($"{result.Model}: {result.Envs} envs, {result.Backend}, {result.Threads} thread(s)");
        Line($"  {result.EnvStepsPerSecond:N0} env-steps per {Second(result)},");
        Line($"    median of {result.Turns.Count} turns");
        Line($"    ({result.Turns.Min():N0} to {result.Turns.Max():N0})");
        Line($"  {result.WallStepsPerSecond:N0} env-steps per wall second");
        Line($"  {result.Contacts:F1} contacts an env");
        Line($"  {result.FlopsPerStep:N0} FLOP a step at least: {result.FractionOfPeak:P0}");
        Line($"    of {result.PeakFlops / 1e9:F1} GFLOP/s of float FMA a core");
        Line($"  {result.BytesPerEnv:F0} bytes an env, {result.StateBytesPerEnv} of state");
        Line($"  {result.WorkspaceBytes / 1024.0:F0} KiB of workspace and model");
        Line($"  {result.NotFinite} not finite and reset, {result.Unconverged} unconverged,");
        Line($"    {result.ContactOverflow} with contacts that did not fit");
        Line($"  {result.FirstStepSeconds:F2} s from the file to the first step");
        if (result.Peer is { } peer)
        {
            Line($"  {peer.Name}: {peer.StepsPerSecond:N0} steps per CPU second,");
            Line($"    {peer.Contacts:F1} contacts: ratio {peer.Ratio:F1}");
        }

        if (result.Tangents is { } jvp)
        {
            Line($"  {jvp.StepsPerSecond:N0} env-steps with a tangent per CPU second,");
            Line($"    a tile of {TangentSimulation.EnvCount} envs, one direction each");
            if (jvp.Ratio is { } ratio)
            {
                Line($"    ratio to plain steps of native MuJoCo {ratio:F1}");
            }
        }

        return text.ToString().TrimEnd();

        void Line(FormattableString line) =>
            text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Second(SimBenchResult result) =>
        result.CpuTime ? "CPU second of the stepping threads" : "wall second a thread";
}
