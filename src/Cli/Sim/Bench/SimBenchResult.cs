using System.Text.Json.Serialization;

namespace HilRig.Cli.Sim.Bench;

/// <summary>What `hilrig sim bench` measured.</summary>
/// <param name="EnvStepsPerSecond">
/// Steps of all envs per second of processor time of the stepping threads; median of the turns.
/// </param>
/// <param name="Envs">Number of envs.</param>
/// <param name="Threads">Number of stepping threads.</param>
/// <param name="Backend">What computed.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Contacts">Contacts of an env in the end, mean of the first envs.</param>
/// <param name="Turns">Steps per second of each turn.</param>
/// <param name="WallStepsPerSecond">Steps of all envs per second of wall time.</param>
/// <param name="BytesPerEnv">Memory held for an env between steps.</param>
/// <param name="StateBytesPerEnv">Of these, state and inputs alone.</param>
/// <param name="WorkspaceBytes">Workspace of all threads, model included.</param>
/// <param name="Unconverged">Constraint solves that did not arrive.</param>
/// <param name="ContactOverflow">Contacts that did not fit.</param>
/// <param name="NotFinite">Envs that were infinite or NaN, and so reset.</param>
/// <param name="FlopsPerStep">Least arithmetic of a step of one env, counted.</param>
/// <param name="PeakFlops">Arithmetic a core can do a second, measured.</param>
/// <param name="FractionOfPeak">Share of it that the counted arithmetic took.</param>
/// <param name="FirstStepSeconds">From reading the model to the end of the first step.</param>
/// <param name="CpuTime">Whether times are processor time.</param>
/// <param name="Peer">Native MuJoCo beside it; null when it did not run.</param>
/// <param name="Tangents">Dual lanes beside it; null when they did not run.</param>
internal sealed record SimBenchResult(
    [property: JsonPropertyName("envStepsPerSecond")] double EnvStepsPerSecond,
    [property: JsonPropertyName("envs")] int Envs,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("backend")] string Backend,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("contacts")] double Contacts,
    [property: JsonPropertyName("turns")] IReadOnlyList<double> Turns,
    [property: JsonPropertyName("wallStepsPerSecond")] double WallStepsPerSecond,
    [property: JsonPropertyName("bytesPerEnv")] double BytesPerEnv,
    [property: JsonPropertyName("stateBytesPerEnv")] int StateBytesPerEnv,
    [property: JsonPropertyName("workspaceBytes")] long WorkspaceBytes,
    [property: JsonPropertyName("unconverged")] long Unconverged,
    [property: JsonPropertyName("contactOverflow")] long ContactOverflow,
    [property: JsonPropertyName("notFinite")] long NotFinite,
    [property: JsonPropertyName("flopsPerStep")] double FlopsPerStep,
    [property: JsonPropertyName("peakFlops")] double PeakFlops,
    [property: JsonPropertyName("fractionOfPeak")] double FractionOfPeak,
    [property: JsonPropertyName("firstStepSeconds")] double FirstStepSeconds,
    [property: JsonPropertyName("cpuTime")] bool CpuTime,
    [property: JsonPropertyName("peer")] SimBenchPeer? Peer,
    [property: JsonPropertyName("jvp")] SimBenchTangents? Tangents);

/// <summary>Native MuJoCo in the same run, turn about.</summary>
/// <param name="Name">Which.</param>
/// <param name="StepsPerSecond">Steps per second of processor time; median of the turns.</param>
/// <param name="Contacts">Mean number of contacts.</param>
/// <param name="Turns">Steps per second of each turn.</param>
/// <param name="Ratio">Median over the turns of ours to its.</param>
internal sealed record SimBenchPeer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("stepsPerSecond")] double StepsPerSecond,
    [property: JsonPropertyName("contacts")] double Contacts,
    [property: JsonPropertyName("turns")] IReadOnlyList<double> Turns,
    [property: JsonPropertyName("ratio")] double Ratio);

/// <summary>
/// Steps that carry the derivative along one direction, of one tile of envs, turn about.
/// </summary>
/// <param name="StepsPerSecond">
/// Env-steps per second of processor time; median of the turns.
/// </param>
/// <param name="Turns">Steps per second of each turn.</param>
/// <param name="Ratio">
/// Median over the turns of these to native MuJoCo's plain steps; null without it.
/// </param>
internal sealed record SimBenchTangents(
    [property: JsonPropertyName("stepsPerSecond")] double StepsPerSecond,
    [property: JsonPropertyName("turns")] IReadOnlyList<double> Turns,
    [property: JsonPropertyName("ratio")] double? Ratio);
