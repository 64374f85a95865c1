namespace HilRig.Harness.Reporting.Text;

/// <summary>Takes signal names, "joint/NAME/position", apart for people.</summary>
internal static class SignalText
{
    /// <summary>The joint's name.</summary>
    public static string JointOf(string signal)
    {
        int start = signal.IndexOf('/', StringComparison.Ordinal) + 1;
        int end = signal.LastIndexOf('/');
        return end > start ? signal[start..end] : signal;
    }

    /// <summary>"position" or "velocity".</summary>
    public static string QuantityOf(string signal) => signal[(signal.LastIndexOf('/') + 1)..];
}
