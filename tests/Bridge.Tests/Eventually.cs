namespace HilRig.Bridge.Tests;

/// <summary>Waits for another thread's work without sleeping for a guessed time.</summary>
internal static class Eventually
{
    public static void Holds(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition())
        {
            cancel.ThrowIfCancellationRequested();
            Thread.Yield();
        }
    }
}
