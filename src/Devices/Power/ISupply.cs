namespace HilRig.Devices.Power;

/// <summary>A supply whose output can be switched and measured. For one thread.</summary>
public interface ISupply : IPowerSwitch
{
    /// <summary>Measures the output. Never throws; may wait for the supply's answer.</summary>
    /// <param name="reading">Voltage and current; meaningless when this returns false.</param>
    /// <returns>False when it does not answer, or not with numbers.</returns>
    bool TryMeasure(out SupplyReading reading);
}
