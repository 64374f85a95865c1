namespace HilRig.Harness.Episodes;

/// <summary>What a programme wants next.</summary>
public enum ProgrammeStep
{
    /// <summary>An episode.</summary>
    Episode,

    /// <summary>To be asked again: a policy is on its way. The arm holds.</summary>
    Wait,

    /// <summary>Nothing more: the session ends in good order.</summary>
    Done,
}
