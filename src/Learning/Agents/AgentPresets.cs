using HilRig.Core.Errors;

namespace HilRig.Learning.Agents;

/// <summary>
/// Two sets of numbers for each algorithm. `reference` is the state-based form of Hu et al. 2024
/// (release configurations of Can); `cpu` is small enough for one processor core. They differ in
/// size (2 × 128 against 3 × 1024), step 3e-4 against 1e-4, history 1 against 3, updates a step 2
/// against 2.5, warm-up, and in six things done otherwise on purpose: bias per unit, normalisation
/// per critic, a time-out keeps its value, targets stay in [0, 1]; and of IBRL half of each batch
/// is demonstrations as it is RLPD's, and the greedy policy leaves the actor out until training
/// shows that it is of use: critics that know nothing yet would put it in the imitation's place.
/// </summary>
internal static class AgentPresets
{
    /// <summary>Names of the presets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cpu", "reference"];

    /// <summary>Makes options.</summary>
    /// <param name="algorithm">How it learns.</param>
    /// <param name="preset">"cpu" or "reference".</param>
    /// <exception cref="ScenarioException">There is no such preset.</exception>
    public static AgentOptions Create(LearningAlgorithm algorithm, string preset)
    {
        AgentOptions options = Specialise(new AgentOptions { Algorithm = algorithm });
        return preset switch
        {
            "cpu" => options,
            "reference" => AsReference(options),
            _ => throw new ScenarioException(
                "There is no such preset", "--preset", string.Join(", ", Names), preset),
        };
    }

    /// <summary>
    /// Makes options of a learner beside a rig, where an actor that knows nothing yet costs more
    /// than time: of IBRL it must be better by a margin that falls from 0.1 to 0 over the first
    /// 16 000 updates, also while exploring; batches are uniform. Which policy is kept, a promotion
    /// gate says.
    /// </summary>
    /// <param name="algorithm">How it learns.</param>
    /// <param name="preset">"cpu" or "reference".</param>
    /// <exception cref="ScenarioException">There is no such preset.</exception>
    public static AgentOptions CreateForRig(LearningAlgorithm algorithm, string preset) =>
        Create(algorithm, preset) is { ActorProposal: true, TrustShare: > 0 } options
            ? options with
            {
                TrustShare = 0,
                DemonstrationShare = 0,
                SelectionMarginFirst = 0.1,
                SelectionMarginUpdates = 16_000,
            }
            : Create(algorithm, preset);

    private static AgentOptions Specialise(AgentOptions options) => options.Algorithm switch
    {
        LearningAlgorithm.Bc or LearningAlgorithm.Td3 => options,
        LearningAlgorithm.Ibrl => options with
        {
            ActorDropout = 0.5,
            ActorProposal = true,
            BootstrapProposal = true,
            TrustShare = 0.75,
            DemonstrationShare = 0.5,
        },
        LearningAlgorithm.Rlpd => options with { DemonstrationShare = 0.5 },
        LearningAlgorithm.Rft => options with
        {
            ActorPretrainingUpdates = options.ImitationUpdates,
            CloningWeight = 0.1,
            CloningFilter = true,
        },
    };

    private static AgentOptions AsReference(AgentOptions options) => options with
    {
        TrustShare = 0,
        DemonstrationShare =
            options.Algorithm == LearningAlgorithm.Ibrl ? 0 : options.DemonstrationShare,
        History = 3,
        HiddenCount = 1024,
        HiddenLayerCount = 3,
        QuirksOfReference = true,
        LearningRate = 1e-4,
        ClipTargets = false,
        TimeOutIsTerminal = true,
        DivergenceLimit = 1e3,
        CriticUpdatesPerStep = 2.5,
        CriticUpdatesPerActorUpdate = 5,
        WarmUpEpisodes = 40,
        ImitationHiddenCount = 1024,
        ImitationLearningRate = 1e-4,
        ImitationUpdates = 100_000,
        ActorPretrainingUpdates = options.ActorPretrainingUpdates > 0 ? 50_000 : 0,
    };
}
