namespace HilRig.Tasks.Policies;

/// <summary>Returns that a task can give, and so values that a critic may say.</summary>
/// <param name="Lowest">Smallest return.</param>
/// <param name="Highest">Largest return; 1 where a success is rewarded by 1 at its end.</param>
public sealed record PolicyValueRange(double Lowest, double Highest);
