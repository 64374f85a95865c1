using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// Counts, servo by servo, reads in a row that failed or that show a fault, and says when it is
/// enough to stop the rig. Allocates nothing.
/// </summary>
internal sealed class ServoMonitor
{
    private readonly int _lostLimit;
    private readonly int _errorLimit;
    private readonly ValueRange _volts;
    private readonly ValueRange _celsius;
    private readonly long _lostNanosecondsMin;
    private readonly int[] _lostInRow;
    private readonly long[] _answeredNanoseconds;
    private readonly int[] _errorsInRow;

    public ServoMonitor(RigDescription rig, int actuatorCount, int lostLimit, int errorLimit)
    {
        _lostLimit = lostLimit;
        _errorLimit = errorLimit;
        _volts = rig.SupplyVolts;
        _celsius = rig.TemperatureCelsius;
        _lostNanosecondsMin = (long)(rig.DeadmanSeconds * 1e9 / 2);
        _lostInRow = new int[actuatorCount];
        _answeredNanoseconds = new long[actuatorCount];
        _errorsInRow = new int[actuatorCount];
    }

    /// <summary>Takes one read of all servos into account.</summary>
    /// <param name="actuators">What was read.</param>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    /// <param name="actuator">The servo at fault, or -1.</param>
    /// <returns>Why the rig must stop, or None.</returns>
    public StopReason Observe(RigActuators actuators, long nowNanoseconds, out int actuator)
    {
        StopReason reason = StopReason.None;
        actuator = -1;
        for (int a = 0; a < _lostInRow.Length; a++)
        {
            StopReason found = ObserveOne(actuators, a, nowNanoseconds);
            if (found != StopReason.None && reason == StopReason.None)
            {
                reason = found;
                actuator = a;
            }
        }

        return reason;
    }

    /// <summary>Whether the newest read of every servo was good.</summary>
    public bool IsAllWell()
    {
        for (int a = 0; a < _lostInRow.Length; a++)
        {
            if (_lostInRow[a] > 0 || _errorsInRow[a] > 0)
            {
                return false;
            }
        }

        return true;
    }

    private StopReason ObserveOne(RigActuators actuators, int a, long nowNanoseconds)
    {
        if (_answeredNanoseconds[a] == 0)
        {
            // The silence of a servo that has never answered begins with the first look.
            _answeredNanoseconds[a] = nowNanoseconds;
        }

        if (!actuators.Answered[a])
        {
            // Reads come as fast as the host commands: on a machine that stalls, a few of them fail
            // in a row within milliseconds. So the silence must also last half the deadman, which
            // leaves the reason of the stop to the servo and not to the deadman.
            _lostInRow[a]++;
            bool isLost = _lostInRow[a] >= _lostLimit
                && nowNanoseconds - _answeredNanoseconds[a] >= _lostNanosecondsMin;
            return isLost ? StopReason.ServoLost : StopReason.None;
        }

        _lostInRow[a] = 0;
        _answeredNanoseconds[a] = nowNanoseconds;
        bool isFaulty = actuators.Errors[a] != ServoErrors.None
            || IsOutside(_volts, actuators.SupplyVolts[a])
            || IsOutside(_celsius, actuators.TemperatureCelsius[a]);
        _errorsInRow[a] = isFaulty ? _errorsInRow[a] + 1 : 0;
        return _errorsInRow[a] >= _errorLimit ? StopReason.ServoError : StopReason.None;
    }

    private static bool IsOutside(ValueRange range, double value) =>
        value < range.Min || value > range.Max;
}
