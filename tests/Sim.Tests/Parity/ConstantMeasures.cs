using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>G1: what the loader compiled against MuJoCo's compiled model.</summary>
internal static class ConstantMeasures
{
    private static readonly (double Low, double High) NoLimit =
        (double.NegativeInfinity, double.PositiveInfinity);

    public static Errors Compare(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        void Add(string name, IEnumerable<double> actual) =>
            errors.Add(name, Distance.Relative([.. actual], fixture.Constant(name)));
        void AddRanges(string name, IEnumerable<(double Low, double High)> ranges) =>
            errors.Add(name, RangeError([.. ranges], fixture.Constant(name)));
        CheckSizes(model, fixture);
        Add("mass", model.Bodies.Select(body => body.Mass));
        Add("center", model.Bodies.SelectMany(
            body => (double[])
            [body.CenterOfMass.X, body.CenterOfMass.Y, body.CenterOfMass.Z]));
        Add("inertia", model.Bodies.SelectMany(
            body => (double[])
            [
                body.Inertia.XX, body.Inertia.YY, body.Inertia.ZZ,
                body.Inertia.XY, body.Inertia.XZ, body.Inertia.YZ,
            ]));
        Add("reference", model.ReferencePosition);
        Add("spring", model.SpringPosition);
        Add("massMatrix", model.ReferenceMassMatrix);
        Add("inverseWeight", model.InverseWeight);
        Add("bodyInverseWeight", model.Bodies.SelectMany(
            body => (double[])[body.InverseWeightTranslation, body.InverseWeightRotation]));
        Add("tendonInverseWeight", model.Tendons.Select(tendon => tendon.InverseWeight));
        Add("tendonLength", model.Tendons.Select(tendon => tendon.ReferenceLength));
        Add("meanInertia", [model.MeanInertia]);
        Add("damping", PerDof(model, joint => joint.Damping));
        Add("armature", PerDof(model, joint => joint.Armature));
        Add("frictionLoss", PerDof(model, joint => joint.FrictionLoss));
        Add("gain", PerActuator(model, a => [a.Gain, a.Gain1, a.Gain2]));
        Add("bias", PerActuator(model, a => [a.Bias0, a.Bias1, a.Bias2]));
        Add("keyframes",
        [
            .. model.Keyframes.SelectMany(key => key.Position),
            .. model.Keyframes.SelectMany(key => key.Velocity),
            .. model.Keyframes.SelectMany(key => key.Activation),
            .. model.Keyframes.SelectMany(key => key.Control),
        ]);
        AddRanges("jointRange", model.Joints.Select(
            joint => joint.Limited ? (joint.RangeMin, joint.RangeMax) : NoLimit));
        AddRanges("control", model.Actuators.Select(
            actuator => (actuator.ControlMin, actuator.ControlMax)));
        AddRanges("force", model.Actuators.Select(
            actuator => (actuator.ForceMin, actuator.ForceMax)));
        AddRanges("activation", model.Actuators.Select(
            actuator => (actuator.ActivationMin, actuator.ActivationMax)));
        return errors;
    }

    private static IEnumerable<double> PerDof(Model model, Func<ModelJoint, double> number) =>
        model.Joints.SelectMany(joint => Enumerable.Repeat(number(joint), joint.Type.DofCount()));

    // First of all actuators, second of all, third of all.
    private static IEnumerable<double> PerActuator(
        Model model, Func<ModelActuator, double[]> numbers) =>
        Enumerable.Range(0, 3).SelectMany(
            k => model.Actuators.Select(actuator => numbers(actuator)[k]));

    // MuJoCo keeps ranges that are no limit; whether one is shows in the rows.
    private static double RangeError((double Low, double High)[] actual, double[] expected)
    {
        Assert.That(expected, Has.Length.EqualTo(2 * actual.Length));
        double worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != NoLimit)
            {
                worst = Math.Max(worst, Distance.Relative(
                    [actual[i].Low, actual[i].High], expected.AsSpan(2 * i, 2)));
            }
        }

        return worst;
    }

    private static void CheckSizes(Model model, ParityFixture fixture) => Assert.Multiple(() =>
    {
        Assert.That(model.PositionCount, Is.EqualTo(fixture.PositionCount));
        Assert.That(model.DofCount, Is.EqualTo(fixture.DofCount));
        Assert.That(model.ActivationCount, Is.EqualTo(fixture.ActivationCount));
        Assert.That(model.Actuators, Has.Count.EqualTo(fixture.ActuatorCount));
        Assert.That(model.Bodies, Has.Count.EqualTo(fixture.BodyCount));
        Assert.That(model.SensorCount, Is.EqualTo(fixture.SensorCount));
        Assert.That(model.Options.TimeStep, Is.EqualTo(fixture.TimeStep));
    });
}
