namespace HilRig.Learning.Commands;

/// <summary>What a run of a task takes when the command line does not say.</summary>
/// <param name="Demonstrations">Demonstrations.</param>
/// <param name="Steps">Steps of the environment.</param>
internal sealed record TaskDefaults(int Demonstrations, long Steps)
{
    /// <summary>Those of a task.</summary>
    /// <param name="task">Its name.</param>
    public static TaskDefaults Of(string task) => task switch
    {
        "PegInsert3" => new(5, 12_000),
        "PickPlaceRing" => new(20, 24_000),
        _ => new(10, 20_000),
    };
}
