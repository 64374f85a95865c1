namespace HilRig.Sim.Environments;

/// <summary>
/// Collects control steps of an environment in two buffers by turns: one can be learnt from while
/// the other is filled. Allocates nothing after construction.
/// </summary>
public sealed class RolloutCollector
{
    private readonly BatchEnvironment _environment;
    private readonly RolloutBuffer[] _buffers;
    private int _turn;

    /// <summary>Reserves both buffers.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="steps">Control steps of a buffer.</param>
    public RolloutCollector(BatchEnvironment environment, int steps)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _environment = environment;
        _buffers =
        [
            new RolloutBuffer(steps, environment.EnvCount, environment.Task),
            new RolloutBuffer(steps, environment.EnvCount, environment.Task),
        ];
    }

    /// <summary>Fills a buffer.</summary>
    /// <param name="policy">Chooses the actions.</param>
    /// <returns>The buffer; it stays as it is until the call after the next.</returns>
    public RolloutBuffer Collect(IBatchPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        RolloutBuffer buffer = _buffers[_turn];
        _turn = 1 - _turn;
        for (int step = 0; step < buffer.Steps; step++)
        {
            buffer.Take(step, _environment, policy);
        }

        return buffer;
    }
}
