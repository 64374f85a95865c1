namespace HilRig.Tasks;

/// <summary>What a task's rule says after a period.</summary>
public enum TaskOutcome
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>Done.</summary>
    Success,

    /// <summary>Success is out of reach.</summary>
    Failure,
}
