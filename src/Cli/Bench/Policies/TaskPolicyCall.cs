using HilRig.Harness.Policies;
using HilRig.Harness.Policies.RealTime;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Cli.Bench.Policies;

/// <summary>
/// A policy of a task, at the middle of each channel's range, with every safety of the selection.
/// </summary>
internal sealed class TaskPolicyCall : IPolicyCall
{
    private readonly HybridPolicy _policy;
    private readonly float[] _observation;
    private readonly float[] _action;

    /// <summary>Loads one.</summary>
    /// <param name="path">Its folder or manifest.</param>
    public TaskPolicyCall(string path)
    {
        TaskPolicyFile file = TaskPolicyFile.Load(path);
        TaskPolicyManifest manifest = file.Manifest;
        Name = manifest.Name;
        PeriodNanoseconds = (long)(1e9 * manifest.PeriodSeconds);
        _observation = [.. manifest.Observation.Select(channel => (float)channel.Offset)];
        _action = new float[manifest.Action.Count];
        var safety = new SelectionSafety { CapAtStart = 1, CapAtEnd = 1, SpreadMax = 10 };
        _policy = HybridPolicy.Create(
            file,
            TaskCatalogue.Find(manifest.Task).Description,
            manifest.Proposals == PolicyProposals.ActorOnly ? SelectionSafety.None : safety);
        _policy.Mode = new ActingMode(0.1f, 10, 1, 0);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long PeriodNanoseconds { get; }

    /// <inheritdoc/>
    public void Start() => _policy.Begin();

    /// <inheritdoc/>
    public bool Call(long index, long startNanoseconds) =>
        _policy.Act(_observation, _action).IsValid;

    /// <inheritdoc/>
    public void Dispose() => _policy.Dispose();
}
