using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>Gradients over a window, by the remainder of Taylor's series.</summary>
internal sealed class RolloutGradientTests
{
    private const int EnvCount = 11;
    private const int Horizon = 6;
    private const int Substeps = 4;

    private static readonly string[] Fields = ["body_mass", "body_ipos", "dof_damping"];

    [TestCase("arm7")]
    [TestCase("tree")]
    [TestCase("joints")]
    [TestCase("smooth-contact")]
    public void The_remainder_of_the_first_order_is_of_second_order(string name)
    {
        var window = new Window(FixtureSet.Load(name), EnvCount);
        double value = window.Loss(0);
        window.Rollout.Backward();
        double slope = window.Slope();
        Assert.That(window.Rollout.Status, Is.All.EqualTo(GradientStatus.Ok));
        double large = Math.Abs(window.Loss(Window.Step) - value - (Window.Step * slope));
        double small =
            Math.Abs(window.Loss(Window.Step / 4) - value - (Window.Step / 4 * slope));
        double order = Math.Log(large / small) / Math.Log(4);
        TestContext.Out.WriteLine(
            $"{name}: loss {value:g6}, slope {slope:g6}, remainder {large:e2}, order {order:f3}, "
            + $"recorded {window.Rollout.RecordingCount}");
        Assert.That(order, Is.EqualTo(2.0).Within(0.1));
    }

    [Test]
    public void An_env_that_fails_loses_its_own_gradient_only()
    {
        Model model = FixtureSet.Load("arm7");
        var good = new Window(model, EnvCount);
        var bad = new Window(model, EnvCount);
        _ = good.Loss(0);
        bad.Break(3);
        _ = bad.Loss(0);
        good.Rollout.Backward();
        bad.Rollout.Backward();
        double[] expected = new double[good.Rollout.StateSize];
        double[] found = new double[good.Rollout.StateSize];
        for (int env = 0; env < EnvCount; env++)
        {
            good.Rollout.ReadStartGradient(env, expected);
            bad.Rollout.ReadStartGradient(env, found);
            Assert.That(
                bad.Rollout.Status[env],
                Is.EqualTo(env == 3 ? GradientStatus.StateNotFinite : GradientStatus.Ok));
            Assert.That(found, Is.EqualTo(env == 3 ? new double[found.Length] : expected));
        }
    }

    [Test]
    public void A_gradient_above_the_largest_norm_is_dropped()
    {
        var window = new Window(FixtureSet.Load("arm7"), 2);
        _ = window.Loss(0);
        window.Rollout.GradientNormMax = 1e-12;
        window.Rollout.Backward();
        Assert.That(window.Rollout.Status, Is.All.EqualTo(GradientStatus.Exploded));
    }

    /// <summary>
    /// A loss that reads every state of a window, along a line through start, controls and
    /// parameters.
    /// </summary>
    private sealed class Window
    {
        // Small enough that hardly any row of friction changes its piece on the way.
        public const double Step = 1e-4;

        private readonly Model _model;
        private readonly StepInput[] _starts;
        private readonly double[] _controls;
        private readonly double[] _along;
        private readonly double[] _start;
        private readonly double[] _parameters;
        private readonly double[] _values;
        private readonly double[] _weights;

        public Window(Model model, int envCount)
        {
            _model = model;
            IReadOnlyList<ModelParameter> parameters =
                [.. ModelParameters.Of(model, Fields).Where(one => one.Row > 0)];
            Rollout = new(model, envCount, Horizon, Substeps, parameters);
            _values = ModelParameters.Values(model, parameters);
            var random = new Random(11);
            double[] Draw(int count, double size) =>
                [.. Enumerable.Range(0, count).Select(_ => size * (random.NextDouble() - 0.5))];
            _starts = [.. Enumerable.Range(0, envCount).Select(_ => Start(model, Draw))];
            _controls = Draw(Horizon * envCount * model.Actuators.Count, 1);
            _along = Draw(_controls.Length, 1);
            _start = Draw(Rollout.StateSize, 0.5);
            _parameters = [.. _values.Select(value => 0.2 * value * random.NextDouble())];
            _weights = Draw(Rollout.StateSize, 1);
        }

        public RolloutGradient Rollout { get; }

        public void Break(int env) => _starts[env].Velocity[0] = double.NaN;

        public double Loss(double length)
        {
            int width = _controls.Length / Horizon;
            for (int env = 0; env < Rollout.EnvCount; env++)
            {
                Rollout.SetParameters(
                    env, [.. _values.Zip(_parameters, (a, b) => a + (length * b))]);
                Rollout.SetStart(env, Moved(_starts[env], length));
            }

            for (int step = 0; step < Horizon; step++)
            {
                Rollout.Forward(
                    step,
                    [
                        .. Enumerable.Range(step * width, width)
                            .Select(i => _controls[i] + (length * _along[i])),
                    ]);
            }

            return Enumerable.Range(1, Horizon).Sum(Read);
        }

        public double Slope()
        {
            double slope = 0;
            int actuators = _model.Actuators.Count;
            double[] control = new double[actuators];
            double[] state = new double[Rollout.StateSize];
            double[] parameter = new double[_parameters.Length];
            for (int env = 0; env < Rollout.EnvCount; env++)
            {
                for (int step = 0; step < Horizon; step++)
                {
                    Rollout.ReadControlGradient(step, env, control);
                    int first = ((step * Rollout.EnvCount) + env) * actuators;
                    slope += Dot(control, _along.AsSpan(first, actuators));
                }

                Rollout.ReadStartGradient(env, state);
                Rollout.ReadParameterGradient(env, parameter);
                slope += Dot(state, _start) + Dot(parameter, _parameters);
            }

            return slope;
        }

        // Velocities and activations linearly, squares of velocities too.
        private double Read(int controlStep)
        {
            double loss = 0;
            var state = new StepInput(_model);
            double[] gradient = new double[Rollout.StateSize];
            int n = _model.DofCount;
            for (int env = 0; env < Rollout.EnvCount; env++)
            {
                Rollout.ReadState(controlStep, env, state);
                for (int k = 0; k < n; k++)
                {
                    double weight = _weights[n + k];
                    double v = state.Velocity[k];
                    loss += (weight * v) + (0.1 * v * v);
                    gradient[n + k] = weight + (0.2 * v);
                }

                Rollout.AddStateGradient(controlStep, env, gradient);
            }

            return loss;
        }

        private StepInput Moved(StepInput start, double length)
        {
            var moved = new StepInput(_model);
            int n = _model.DofCount;
            double[] turned = Turned(start.Position, length);
            turned.CopyTo(moved.Position, 0);
            for (int k = 0; k < n; k++)
            {
                moved.Velocity[k] = start.Velocity[k] + (length * _start[n + k]);
            }

            for (int k = 0; k < moved.Activation.Length; k++)
            {
                moved.Activation[k] = start.Activation[k] + (length * _start[(2 * n) + k]);
            }

            return moved;
        }

        // The line q + length · change has the right first derivative; its second does not matter.
        private double[] Turned(double[] position, double length)
        {
            double[] change = new double[position.Length];
            TangentSpace.Lift(_model, position, _start.AsSpan(0, _model.DofCount), change);
            double[] moved = [.. position.Zip(change, (q, d) => q + (length * d))];
            TangentSpace.Normalize(_model, moved);
            return moved;
        }

        private static StepInput Start(Model model, Func<int, double, double[]> draw)
        {
            var start = new StepInput(model);
            draw(model.DofCount, 1).CopyTo(start.Velocity, 0);
            double[] change = new double[model.PositionCount];
            TangentSpace.Lift(model, start.Position, draw(model.DofCount, 0.2), change);
            for (int k = 0; k < change.Length; k++)
            {
                start.Position[k] += change[k];
            }

            start.Normalize();
            return start;
        }

        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                sum += a[i] * b[i];
            }

            return sum;
        }
    }
}
