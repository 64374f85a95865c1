namespace HilRig.Devices.Agent;

/// <summary>Slow work that a disarmed agent waits for without falling silent.</summary>
internal static class BesideTheLoop
{
    private static readonly TimeSpan BeatPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>Does work on a thread of its own; the caller beats until it is done.</summary>
    /// <param name="work">The work; what it throws is thrown here.</param>
    /// <param name="beat">Called every few milliseconds meanwhile.</param>
    public static T Do<T>(Func<T> work, Action beat)
    {
        Task<T> task = Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        beat();
        while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(BeatPeriod))
        {
            beat();
        }

        return task.GetAwaiter().GetResult();
    }
}
