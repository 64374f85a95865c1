namespace HilRig.Rig.Isaac;

/// <summary>
/// What Isaac's adaptive rate was meant to do: every 3 s, send every second, third … frame when too
/// many were late, and more again when none was.
/// </summary>
internal sealed class AdaptiveRate
{
    private const double WindowSeconds = 3;
    private const double LateShareMax = 0.05;
    private const int DividerMax = 8;
    private double _seconds;
    private int _frames;
    private int _late;

    /// <summary>Whether it acts.</summary>
    public bool IsOn { get; set; }

    /// <summary>One frame of this many is sent.</summary>
    public int Divider { get; private set; } = 1;

    /// <summary>Counts a frame.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="isLate">Whether it took longer than it may.</param>
    public void Count(double seconds, bool isLate)
    {
        _seconds += seconds;
        _frames++;
        _late += isLate ? 1 : 0;
        if (_seconds < WindowSeconds)
        {
            return;
        }

        int step = _late > LateShareMax * _frames ? 1 : _late == 0 ? -1 : 0;
        Divider = IsOn ? Math.Clamp(Divider + step, 1, DividerMax) : 1;
        _seconds = 0;
        _frames = _late = 0;
    }
}
