namespace HilRig.Bridge.Isaac.Topics;

/// <summary>What a plant in Isaac has counted since it was opened.</summary>
/// <param name="States">Joint states taken.</param>
/// <param name="Lost">Joint states that simulated time says are missing.</param>
/// <param name="Dropped">Joint states for which the loop left no room.</param>
/// <param name="Malformed">Messages of the topic that could not be read.</param>
/// <param name="JointMissing">Joint states that lack a joint of the rig.</param>
/// <param name="OtherTopics">Messages of other topics; nobody reads them here.</param>
/// <param name="CommandsSent">Commands handed to the socket.</param>
/// <param name="CommandsExpired">Commands that were too old when their turn came.</param>
public sealed record IsaacPlantCounters(
    long States,
    long Lost,
    long Dropped,
    long Malformed,
    long JointMissing,
    long OtherTopics,
    long CommandsSent,
    long CommandsExpired);
