namespace HilRig.Harness.Episodes;

/// <summary>Who says whether an episode was good.</summary>
public enum VerdictPolicy
{
    /// <summary>The task's rule; the operator may overrule it.</summary>
    Rule,

    /// <summary>
    /// The operator: an episode counts for nothing until she spoke, and no other one begins.
    /// </summary>
    Operator,
}
