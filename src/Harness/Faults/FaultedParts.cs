using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.Faults.RealTime;

namespace HilRig.Harness.Faults;

/// <summary>
/// The parts of a loop with the faults of a scenario between them. A part without a fault is the
/// part itself. Disposing is left to whoever made the plants.
/// </summary>
internal sealed record FaultedParts
{
    private readonly FaultContext _context;

    private FaultedParts(FaultContext context) => _context = context;

    /// <summary>The faults.</summary>
    internal FaultSchedule Schedule => _context.Schedule;

    /// <summary>The plant, behind faults of commands.</summary>
    internal required IPlant Plant { get; init; }

    /// <summary>The twin, with its faults; null for none.</summary>
    internal required IPlant? Twin { get; init; }

    /// <summary>Faults of measured states; null for none.</summary>
    internal required SensorFaults? Sensors { get; init; }

    /// <summary>Puts the faults in place.</summary>
    internal static FaultedParts Of(IPlant plant, IPlant? twin, FaultContext context)
    {
        FaultSchedule schedule = context.Schedule;
        return new FaultedParts(context)
        {
            Plant = schedule.Of(FaultLayer.Bridge).Count == 0
                ? plant
                : new CommandFaults(plant, context),
            Twin = twin is null || schedule.Of(FaultLayer.Sim).Count == 0
                ? twin
                : new TwinFaults(twin, context),
            Sensors = SensorFaults.Of(context),
        };
    }

    /// <summary>A controller with its faults; owns the controller.</summary>
    internal IController Wrap(IController controller) =>
        Schedule.OfController().Count == 0
            ? controller
            : new OperatorFaults(controller, _context);

    /// <summary>Throws when a command shall go under a false name and the plant has none.</summary>
    /// <exception cref="DeviceException">The plant cannot do it.</exception>
    internal void RequireDisguise(IPlant plant)
    {
        FaultOccurrence? needy = Schedule.Of(FaultLayer.Bridge).FirstOrDefault(one =>
            one.Fault.Values.ContainsKey(LoopRules.SessionKey)
            || one.Fault.Values.ContainsKey(LoopRules.OwnerKey));
        if (needy is not null && plant is not ICommandDisguise)
        {
            throw new DeviceException(
                $"The fault '{needy.Fault.Describe()}' cannot be brought about on this plant",
                needy.Fault.Where,
                "a plant behind an agent",
                plant.Description.Name);
        }
    }
}
