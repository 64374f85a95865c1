using HilRig.Devices.PacketClocked;

namespace HilRig.Devices.Tests.PacketClocked;

/// <summary>An arm that is where it is told to be, a cycle later.</summary>
internal sealed class StraightArm(double[] start) : IClockedArm
{
    private readonly double[] _position = [.. start];
    private readonly double[] _velocity = new double[start.Length];
    private readonly double[] _effort = new double[start.Length];

    public volatile bool HasFailed;

    public int DofCount => _position.Length;

    public ReadOnlySpan<double> Position => _position;

    public ReadOnlySpan<double> Velocity => _velocity;

    public ReadOnlySpan<double> Effort => _effort;

    public bool Step(ReadOnlySpan<double> goal, long durationNanoseconds)
    {
        for (int i = 0; i < _position.Length; i++)
        {
            _velocity[i] = (goal[i] - _position[i]) / (durationNanoseconds * 1e-9);
            _position[i] = goal[i];
        }

        return !HasFailed;
    }
}
