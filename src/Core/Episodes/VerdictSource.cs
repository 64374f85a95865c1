namespace HilRig.Core.Episodes;

/// <summary>Who gave a verdict.</summary>
public enum VerdictSource : byte
{
    /// <summary>The task's rule.</summary>
    Rule,

    /// <summary>The operator, at the end of the episode.</summary>
    Operator,

    /// <summary>Somebody, later.</summary>
    Correction,
}
