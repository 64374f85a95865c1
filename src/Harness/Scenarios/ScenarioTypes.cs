using HilRig.Harness.Controllers;
using HilRig.Harness.Policies;
using HilRig.Harness.Stimuli;

namespace HilRig.Harness.Scenarios;

/// <summary>Everything a scenario may name by <c>type:</c>.</summary>
public sealed class ScenarioTypes
{
    private ScenarioTypes(StimulusTypes stimuli, ControllerTypes controllers)
    {
        Stimuli = stimuli;
        Controllers = controllers;
    }

    /// <summary>Stimuli.</summary>
    public StimulusTypes Stimuli { get; }

    /// <summary>Controllers.</summary>
    public ControllerTypes Controllers { get; }

    /// <summary>The shipped types.</summary>
    public static ScenarioTypes CreateDefault()
    {
        var types = new ScenarioTypes(StimulusTypes.CreateDefault(), new ControllerTypes());
        types.Controllers.Register("stimulus", map => StimulusReader.Read(map, types.Stimuli));
        types.Controllers.Register("replay", ReplayRecipe.Read);
        types.Controllers.Register("policy", PolicyRecipe.Read);
        return types;
    }
}
