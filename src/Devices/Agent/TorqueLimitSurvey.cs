using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using Polly;

namespace HilRig.Devices.Agent;

/// <summary>
/// Finds out which torque limit a servo has in normal use. Set-up: it waits, allocates and throws.
/// </summary>
internal static class TorqueLimitSurvey
{
    /// <summary>
    /// The limit the rig file gives, or else the one the servo loads at power-on. A servo that is
    /// silent is asked again with the patience of connecting.
    /// </summary>
    /// <param name="bus">Its bus.</param>
    /// <param name="actuator">Its part of the rig file.</param>
    /// <param name="time">Waits between tries.</param>
    /// <exception cref="DeviceException">It does not say.</exception>
    public static int Find(FeetechBus bus, ActuatorMapping actuator, TimeProvider time)
    {
        foreach ((string name, int value) in actuator.Registers)
        {
            if (string.Equals(name, Sts3215.TorqueLimit.Name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        int limit = 0;
        ResiliencePipeline<BusStatus> pipeline = ServoBusConnector.HandshakePipeline<BusStatus>(
            time, status => !ServoBusConnector.IsAnswer(status) && status != BusStatus.Lost);
        BusStatus status = pipeline.Execute(
            () => bus.Read(actuator.Id, Sts3215.MaxTorque, out limit));
        return ServoBusConnector.IsAnswer(status)
            ? limit
            : throw new DeviceException(
                "a servo does not say its largest torque",
                $"{bus.Name}, servo {actuator.Id}",
                "an answer to a read of " + Sts3215.MaxTorque.Name,
                status.ToString(),
                "check cabling and supply of this servo");
    }
}
