namespace HilRig.Cli.Bench.Policies;

/// <summary>One kind of policy as the bench calls it.</summary>
internal interface IPolicyCall : IDisposable
{
    /// <summary>Name of the policy.</summary>
    string Name { get; }

    /// <summary>Time between two calls, ns.</summary>
    long PeriodNanoseconds { get; }

    /// <summary>Makes ready, outside of what is measured.</summary>
    void Start();

    /// <summary>Calls it once. Allocates nothing.</summary>
    /// <param name="index">Number of the call.</param>
    /// <param name="startNanoseconds">When it was made.</param>
    /// <returns>Whether the policy answered.</returns>
    bool Call(long index, long startNanoseconds);
}
