namespace HilRig.Cli.Bench.Commands;

/// <summary>What the command bench measured.</summary>
/// <param name="Endpoint">Address of the agent, which names the lane.</param>
/// <param name="Pairs">The interleaved turns.</param>
/// <param name="Figures">Medians over the pairs.</param>
/// <param name="Sent">Commands sent.</param>
/// <param name="Arrived">Commands whose bytes arrived at the servos.</param>
/// <param name="LateTicks">Ticks that woke more than a period late.</param>
/// <param name="Responder">How the servos are scheduled: "fifo" or "ordinary".</param>
/// <param name="AgentRemarks">What the agent did not get of the real-time kit.</param>
internal sealed record CommandBenchResult(
    string Endpoint,
    IReadOnlyList<CommandBenchPair> Pairs,
    IReadOnlyList<BenchFigure> Figures,
    int Sent,
    int Arrived,
    long LateTicks,
    string Responder,
    IReadOnlyList<string> AgentRemarks);

/// <summary>One turn of each.</summary>
/// <param name="Command">From the host's loop, through the agent, to the servos.</param>
/// <param name="RawTerminal">
/// From a C program on the same kind of grid straight to such servos.
/// </param>
internal sealed record CommandBenchPair(WakeLateness Command, WakeLateness RawTerminal);
