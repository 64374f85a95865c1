using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// Reverse mode against forward mode: ⟨w, J v⟩ = ⟨Jᵀ w, v⟩ for states, controls and parameters.
/// </summary>
internal sealed class AdjointTests
{
    // Both are exact but for where the solve ended, which counts where contacts are stiff and cones
    // are curved.
    private const double Tolerance = 1e-9;
    private const double ContactTolerance = 1e-6;

    private const string Search = "contacts found by a search have derivatives to its tolerance";

    private static readonly Dictionary<string, string> Left = new()
    {
        ["meshes"] = Search,
        ["pairs-cylinder"] = Search,
        ["pairs-ellipsoid"] = Search,
        ["terrain"] = Search,
        ["pairs-capsule"] = "one state differs: double and lanes choose another feature there",
    };

    private static readonly string[] Fields =
    [
        "body_mass", "body_ipos", "body_pos", "dof_damping", "dof_armature", "dof_frictionloss",
        "gravity",
    ];

    private static IEnumerable<string> Names => FixtureSet.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void Reverse_mode_is_the_transpose_of_forward_mode(string name)
    {
        if (Left.TryGetValue(name, out string? reason))
        {
            Assert.Ignore(reason);
        }

        Model model = FixtureSet.Load(name);
        ModelParameter[] parameters =
            [.. ModelParameters.Of(model, Fields).Where(one => !IsAbsentFriction(model, one))];
        var forward = new StepDerivatives(model, parameters);
        var reverse = new StepAdjoint(model, parameters);
        var input = new StepInput(model);
        var random = new Random(7);
        double tolerance =
            FixtureSet.Fixture(name).HasContact ? ContactTolerance : Tolerance;
        foreach (ParityState state in FixtureSet.Fixture(name).States.Take(10))
        {
            Load(input, state.Start);
            forward.Compute(input);
            Assert.That(reverse.Forward(input), Is.EqualTo(StepStatus.Ok));
            double[] weights = [.. Enumerable.Range(0, forward.StateSize)
                .Select(_ => random.NextDouble() - 0.5)];
            reverse.Backward(weights);
            Compare(forward.ByState, weights, reverse.StateGradient, tolerance);
            Compare(forward.ByControl, weights, reverse.ControlGradient, tolerance);
            Compare(forward.ByParameter, weights, reverse.ParameterGradient, tolerance);
        }

        TestContext.Out.WriteLine($"{name}: recorded {reverse.RecordingCount} times");
    }

    private static void Load(StepInput input, SimState state)
    {
        state.Position.CopyTo(input.Position, 0);
        state.Velocity.CopyTo(input.Velocity, 0);
        state.Activation.CopyTo(input.Activation, 0);
        state.Control.CopyTo(input.Control, 0);
        input.Normalize();
    }

    private static void Compare(
        ReadOnlySpan<double> matrix, double[] weights, double[] gradient, double tolerance)
    {
        int width = gradient.Length;
        double[] expected = new double[width];
        double size = 1e-6;
        for (int i = 0; i < matrix.Length; i++)
        {
            double term = weights[i / width] * matrix[i];
            expected[i % width] += term;
            size = Math.Max(size, Math.Abs(term));
        }

        for (int column = 0; column < width; column++)
        {
            Assert.That(
                gradient[column],
                Is.EqualTo(expected[column]).Within(tolerance * size),
                $"{column}");
        }
    }

    // Friction that is not there begins with a kink.
    private static bool IsAbsentFriction(Model model, ModelParameter parameter) =>
        parameter.Field == "dof_frictionloss"
        && model.Joints.Last(joint => joint.DofAddress <= parameter.Row).FrictionLoss == 0;
}
