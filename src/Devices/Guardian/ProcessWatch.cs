using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HilRig.Core.RealTime;

namespace HilRig.Devices.Guardian;

/// <summary>
/// One other process: has it ended, and end it. On Linux through a pidfd (man 2 pidfd_open), which
/// sees a zombie as ended and never means a later process with the same id.
/// </summary>
public sealed unsafe class ProcessWatch : IDisposable
{
    private const int OpenCall = 434;
    private const int SignalCall = 424;
    private const int KillSignal = 9;
    private const short PollIn = 1;
    private Process? _process;
    private bool _isAnother;
    private int _descriptor = -1;

    /// <summary>Begins to watch.</summary>
    /// <param name="processId">Id of the process; one that is gone counts as ended.</param>
    /// <param name="startTicks">
    /// Its start (<see cref="ProcessStart"/>). A process with this id and another start is not
    /// meant: it is left alone, and the one that is meant counts as ended. 0: not compared.
    /// </param>
    public ProcessWatch(long processId, long startTicks = 0)
    {
        ProcessId = processId;
        Open();

        // Opened first: what is compared is then no younger than what is watched.
        _isAnother |= startTicks != 0 && ProcessStart.TicksOf(processId) != startTicks;
    }

    /// <summary>Id of the process.</summary>
    public long ProcessId { get; }

    /// <summary>Whether it has ended; a zombie has.</summary>
    public bool HasExited
    {
        get
        {
            if (_isAnother || _descriptor < 0)
            {
                return _isAnother || _process!.HasExited;
            }

            return HasExitedWithin(new TimeSpec());
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="deadlineNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    /// <returns>
    /// Whether it has ended; false at once where its end cannot be waited for.
    /// </returns>
    public bool AwaitExit(long deadlineNanoseconds)
    {
        if (_isAnother || _descriptor < 0)
        {
            return HasExited;
        }

        long wait = Math.Max(0, deadlineNanoseconds - MonotonicClock.NowNanoseconds);
        (long seconds, long nanoseconds) = Math.DivRem(wait, 1_000_000_000);
        return HasExitedWithin(new TimeSpec
        {
            Seconds = (nint)seconds,
            Nanoseconds = (nint)nanoseconds,
        });
    }

    /// <summary>Ends it without asking (SIGKILL). Nothing happens when it has ended.</summary>
    public void Kill()
    {
        if (_isAnother)
        {
            return;
        }

        if (_descriptor >= 0)
        {
            _ = SystemCall(SignalCall, _descriptor, KillSignal, 0, 0);
            return;
        }

        try
        {
            _process?.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It ended first.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        if (_descriptor >= 0)
        {
            _ = Close(_descriptor);
            _descriptor = -1;
        }
    }

    private bool HasExitedWithin(TimeSpec time)
    {
        var request = new PollRequest { Descriptor = _descriptor, Events = PollIn };
        return PollUntil(&request, 1, &time, null) > 0 && (request.Returned & PollIn) != 0;
    }

    private void Open()
    {
        if (OperatingSystem.IsLinux())
        {
            _descriptor = (int)SystemCall(OpenCall, (nint)ProcessId, 0, 0, 0);
            if (_descriptor >= 0)
            {
                return;
            }
        }

        // An old kernel, another system, or no such process.
        try
        {
            _process = Process.GetProcessById((int)ProcessId);
        }
        catch (ArgumentException)
        {
            _isAnother = true;
        }
    }

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint SystemCall(
        nint number, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "ppoll")]
    private static extern int PollUntil(
        PollRequest* requests, nuint count, TimeSpec* timeout, void* signals);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
