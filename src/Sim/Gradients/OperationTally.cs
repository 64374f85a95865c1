using System.Diagnostics;
using System.Reflection;
using HilRig.Sim.Dynamics.Kernels;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Operations of the code that runs in <see cref="Scalars.Counted"/> on this thread, by phase. The
/// phase is read off the call stack, so neither phases nor the order of a step know of it.
/// </summary>
internal sealed class OperationTally : IDisposable
{
    private static readonly string Kernels = typeof(CpuDynamics<,,,>).Namespace!;

    [ThreadStatic]
    private static OperationTally? _current;

    private readonly Dictionary<string, OperationCount> _phases = [];
    private readonly OperationTally? _outer;
    private OperationCount _pending;

    /// <summary>Begins to count on this thread, until disposed.</summary>
    public OperationTally()
    {
        _outer = _current;
        _current = this;
    }

    /// <summary>The tally of this thread.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being counted.</exception>
    public static OperationTally Current => _current
        ?? throw new InvalidOperationException("a counted number was used outside of a tally");

    /// <summary>What was done since the last <see cref="Settle"/>.</summary>
    public ref OperationCount Pending => ref _pending;

    /// <summary>Counts by phase, in the order in which they first ran.</summary>
    public IReadOnlyDictionary<string, OperationCount> Phases => _phases;

    /// <summary>Books what was done on the phase that runs now.</summary>
    public void Settle()
    {
        string phase = RunningPhase();
        _phases.TryGetValue(phase, out OperationCount before);
        _phases[phase] = before + _pending;
        _pending = default;
    }

    /// <summary>Forgets what was counted.</summary>
    public void Restart()
    {
        _phases.Clear();
        _pending = default;
    }

    /// <summary>Ends the counting.</summary>
    public void Dispose() => _current = _outer;

    // The outermost boundary of a phase on the stack; or the phase behind it, of the same name,
    // where the JIT jumped from one to the other. The order of a step calls the boundaries.
    private static string RunningPhase()
    {
        StackFrame[] frames = new StackTrace(fNeedFileInfo: false).GetFrames();
        for (int i = frames.Length - 1; i >= 0; i--)
        {
            MethodBase? method = frames[i].GetMethod();
            Type? type = method?.DeclaringType;
            bool isKernel =
                type?.Namespace?.StartsWith(Kernels, StringComparison.Ordinal) == true;
            if (isKernel && (!IsOrder(type!) || IsBoundary(method!)))
            {
                return method!.Name;
            }
        }

        return "Other";
    }

    private static bool IsOrder(Type type) => type.Name.StartsWith("Cpu", StringComparison.Ordinal);

    private static bool IsBoundary(MethodBase method) =>
        (method.MethodImplementationFlags & MethodImplAttributes.NoInlining) != 0;
}
