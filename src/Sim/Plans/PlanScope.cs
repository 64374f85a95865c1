namespace HilRig.Sim.Plans;

/// <summary>What part of a step a plan stands for.</summary>
internal enum PlanScope
{
    /// <summary>The whole step of a model without a row, but for the last check.</summary>
    Whole,

    /// <summary>All that does not depend on constraints: every number that it leaves.</summary>
    Smooth,
}
