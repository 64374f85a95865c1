using HilRig.Core.Sampling;
using HilRig.Sim.Batch;
using HilRig.Sim.Gradients;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Plans;
using HilRig.Sim.Scalars;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Plans;

/// <summary>A compiled step is the phases, bit by bit, and applies to what it should.</summary>
internal sealed class StepPlanTests
{
    private const int EnvCount = 19;
    private const int Actions = 12;
    private const int Hurt = 5;

    [TestCase("bench", BatchBackend.Simd)]
    [TestCase("bench", BatchBackend.Double)]
    [TestCase("arm7", BatchBackend.Double)]
    [TestCase("actuators", BatchBackend.Double)]
    [TestCase("implicit", BatchBackend.Double)]
    [TestCase("joints", BatchBackend.Double)]
    [TestCase("runge-kutta", BatchBackend.Double)]
    [TestCase("soft", BatchBackend.Double)]
    [TestCase("tendons", BatchBackend.Double)]
    [TestCase("two-link", BatchBackend.Double)]
    public void A_compiled_step_has_the_bits_of_the_phases(string name, BatchBackend backend) =>
        Compare(Load(name), backend, _ => { });

    [Test]
    [Explicit("every model in every width: minutes")]
    [Category("Nightly")]
    public void Every_model_has_the_bits_of_the_phases(
        [ValueSource(typeof(FixtureSet), nameof(FixtureSet.Names))] string name,
        [Values] bool isDouble) => Compare(
            FixtureSet.Load(name), isDouble ? BatchBackend.Double : BatchBackend.Simd, _ => { });

    [Test]
    public void Constants_of_an_env_are_read_not_known()
    {
        double[] masses = [.. Enumerable.Range(0, EnvCount).Select(env => 1 + (0.1 * env))];
        double[] axis = [.. Enumerable.Range(0, EnvCount).Select(env => 0.01 * env)];
        Compare(Load("bench"), BatchBackend.Double, batch =>
        {
            batch.Parameters.Write("body_mass", 3, 0, masses);
            batch.Parameters.Write("dof_damping", 2, 0, axis);
        });
    }

    [Test]
    public void An_arm_without_friction_is_compiled_whole()
    {
        StepPlan plan = Record("bench");
        Assert.Multiple(() =>
        {
            // Golden: what is left of 4 403 FLOP of the phases.
            Assert.That(plan.Order, Has.Length.EqualTo(1738));
            Assert.That(FlopCount.Compiled(Load("bench")), Is.EqualTo(2880));
            Assert.That(plan.Scope, Is.EqualTo(PlanScope.Whole));
            Assert.That(plan.Guards, Has.Length.EqualTo(16), "limits and sizes");
        });
    }

    [TestCase(StepCompilation.Auto, 64, false, StepCompilation.Auto)]
    [TestCase(StepCompilation.Auto, 63, false, StepCompilation.Never)]
    [TestCase(StepCompilation.Auto, 4096, true, StepCompilation.Never)]
    [TestCase(StepCompilation.Always, 1, true, StepCompilation.Always)]
    [TestCase(StepCompilation.Never, 4096, false, StepCompilation.Never)]
    public void By_default_many_envs_in_floats_are_compiled(
        StepCompilation asked, int envs, bool isDouble, StepCompilation done) =>
        Assert.That(
            new BatchOptions { Compilation = asked }.CompilationOf(envs, isDouble),
            Is.EqualTo(done));

    [Test]
    public void By_default_only_a_whole_step_is_compiled()
    {
        var arm = new PackedModel(Load("bench"));
        var box = new PackedModel(Load("arm-box"));
        Assert.Multiple(() =>
        {
            Assert.That(
                PlanCompiler<F64, double>.Compile(arm, [], isWholeOnly: true)?.Scope,
                Is.EqualTo(PlanScope.Whole));
            Assert.That(PlanCompiler<F64, double>.Compile(box, [], isWholeOnly: true), Is.Null);
        });
    }

    [TestCase("arm-box")]
    [TestCase("soft")]
    [TestCase("quadruped")]
    public void Where_rows_are_what_precedes_them_is_compiled(string name) =>
        Assert.That(Record(name).Scope, Is.EqualTo(PlanScope.Smooth));

    [Test]
    public void A_limit_that_is_reached_leaves_the_step_to_the_phases()
    {
        var model = new PackedModel(Load("bench"));
        CompiledPlan plan = PlanCompiler<F64, double>.Compile(model, [])!;
        double[] work = new double[model.At.WorkCount];
        double[] scratch = new double[plan.ScratchCount];
        Span<double> position = work.AsSpan(model.At.Position, model.At.PositionCount);
        for (int dof = 0; dof < model.At.DofCount; dof++)
        {
            int block = model.At.OfDof(dof, 0);
            position[dof] = 0.5 * (model.Constants[block + Sim.Dynamics.ConstantSlots.RangeMin]
                + model.Constants[block + Sim.Dynamics.ConstantSlots.RangeMax]);
        }

        Assert.That(Run(plan, work, model.Constants, scratch), Is.True);
        work[model.At.Position + 3] = 100;
        double[] before = [.. work];
        Assert.That(Run(plan, work, model.Constants, scratch), Is.False);
        Assert.That(work, Is.EqualTo(before), "nothing is written");
    }

    [Test]
    public void A_neighbour_that_is_at_a_limit_changes_no_number()
    {
        Model model = Load("bench");
        double[] inside = Beside(model, 1.5);
        double[] beyond = Beside(model, 3.8);
        Assert.That(beyond, Is.EqualTo(inside), "numbers: a zero may have either sign");
    }

    [Test]
    public void A_number_that_is_none_is_told_as_the_phases_tell_it(
        [Values(BatchField.Position, BatchField.Velocity, BatchField.Control)] BatchField field,
        [Range(0, 6)] int column,
        [Values(double.NaN, double.PositiveInfinity, 1e30)] double value)
    {
        (EnvStatus[] compiled, bool[] finite, double[] good) =
            Damage(StepCompilation.Always, field, column, value);
        (EnvStatus[] phases, bool[] finiteToo, double[] goodToo) =
            Damage(StepCompilation.Never, field, column, value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled, Is.EqualTo(phases));
            Assert.That(finite, Is.EqualTo(finiteToo));
            Assert.That(good, Is.EqualTo(goodToo), "other envs are not touched");
            Assert.That(good, Is.All.Matches<double>(double.IsFinite));
            if (double.IsNaN(value))
            {
                Assert.That(compiled[Hurt], Is.EqualTo(EnvStatus.NotFinite));
            }
        }
    }

    [Test]
    public void A_saved_batch_goes_on_with_the_same_bits()
    {
        var options = new BatchOptions
        {
            Backend = BatchBackend.Simd,
            Compilation = StepCompilation.Always,
            OnFault = FaultPolicy.Continue,
        };
        using var first = new BatchSimulation(Load("bench"), EnvCount, options);
        first.Parameters.Write("dof_damping", 2, 0, Each(env => 0.01 * env));
        first.Write(BatchField.Control, Each(env => Math.Sin(env), 7));
        first.Step(60);
        using var blob = new MemoryStream();
        first.Save(blob);
        first.Step(60);

        using var second = new BatchSimulation(Load("bench"), EnvCount, options);
        second.Step(3);
        blob.Position = 0;
        second.Load(blob);
        second.Step(60);
        Assert.That(Bits(second), Is.EqualTo(Bits(first)));
    }

    [Test]
    public void A_compiled_tangent_has_the_bits_of_the_phases()
    {
        Model model = Load("bench");
        using var compiled = new TangentSimulation(model, isCompiled: true);
        using var phases = new TangentSimulation(model);
        foreach (TangentSimulation simulation in (TangentSimulation[])[compiled, phases])
        {
            for (int env = 0; env < TangentSimulation.EnvCount; env++)
            {
                simulation.SetPosition(env, 3, -1 - (0.05 * env), 0.5);
                simulation.SetPosition(env, 5, 1.5, 0);
                simulation.SetControl(env, env % 7, 0.3, 1);
            }

            simulation.Step(30);
        }

        for (int env = 0; env < TangentSimulation.EnvCount; env++)
        {
            for (int dof = 0; dof < model.DofCount; dof++)
            {
                Assert.That(
                    compiled.Velocity(env, dof), Is.EqualTo(phases.Velocity(env, dof)));
                Assert.That(
                    compiled.Position(env, dof), Is.EqualTo(phases.Position(env, dof)));
            }
        }
    }

    // Where env 0 goes in a tile with an env whose sixth joint (0 to 3.7 rad) begins at an angle.
    private static double[] Beside(Model model, double angle)
    {
        using var batch = new BatchSimulation(model, 2, new BatchOptions
        {
            Backend = BatchBackend.Simd,
            Compilation = StepCompilation.Always,
            ThreadCount = 1,
        });
        double[] position = [0.1, 0.2, 0.3, -1, 0.4, 1.5, 0.5, 0, 0, 0, -1, 0, angle, 0];
        double[] velocity = new double[position.Length];
        batch.Write(BatchField.Position, position);
        batch.Step(40);
        batch.Read(BatchField.Position, position);
        batch.Read(BatchField.Velocity, velocity);
        return [.. position[..7], .. velocity[..7]];
    }

    // What becomes of 19 envs of which one has a number that is none.
    private static (EnvStatus[] Status, bool[] Finite, double[] Good) Damage(
        StepCompilation compilation, BatchField field, int column, double value)
    {
        using var batch = new BatchSimulation(Load("bench"), EnvCount, new BatchOptions
        {
            Backend = BatchBackend.Simd,
            Compilation = compilation,
            ThreadCount = 1,
            OnFault = FaultPolicy.Continue,
        });
        int width = batch.Width(field);
        double[] values = new double[EnvCount * width];
        batch.Read(field, values);
        values[(Hurt * width) + column] = value;
        batch.Write(field, values);
        batch.Step(3);
        double[] velocity = new double[EnvCount * batch.Width(BatchField.Velocity)];
        batch.Read(BatchField.Velocity, velocity);
        int dofs = velocity.Length / EnvCount;
        return (
            [.. batch.Status],
            [.. velocity.Skip(Hurt * dofs).Take(dofs).Select(double.IsFinite)],
            [.. velocity.Where((_, i) => i / dofs != Hurt)]);
    }

    private static double[] Each(Func<int, double> value, int width = 1) =>
        [.. Enumerable.Range(0, EnvCount * width).Select(value)];

    private static long[] Bits(BatchSimulation batch)
    {
        double[] velocity = new double[EnvCount * batch.Width(BatchField.Velocity)];
        batch.Read(BatchField.Velocity, velocity);
        double[] position = new double[EnvCount * batch.Width(BatchField.Position)];
        batch.Read(BatchField.Position, position);
        return [.. position.Concat(velocity).Select(BitConverter.DoubleToInt64Bits)];
    }

    private static unsafe bool Run(
        CompiledPlan plan, double[] work, double[] constants, double[] scratch)
    {
        fixed (double* w = work)
        fixed (double* c = constants)
        fixed (double* s = scratch)
        {
            return plan.Run((nint)w, (nint)c, (nint)s);
        }
    }

    private static StepPlan Record(string name) =>
        PlanRecorder<Symbol>.Record(new PackedModel(Load(name)), [])!;

    // The arm of the bench has no friction, so that its step has no row until a limit is reached;
    // the actions reach some.
    private static Model Load(string name) => name == "bench"
        ? MjcfLoader.Load(Path.Combine(TestFiles.Root, "bench", "sim-peer", "arm7.xml"))
        : FixtureSet.Load(name);

    private static void Compare(
        Model model, BatchBackend backend, Action<BatchSimulation> prepare)
    {
        double[] compiled = Rollout(model, backend, StepCompilation.Always, prepare);
        double[] phases = Rollout(model, backend, StepCompilation.Never, prepare);
        Assert.That(compiled, Is.EqualTo(phases));
    }

    private static double[] Rollout(
        Model model,
        BatchBackend backend,
        StepCompilation compilation,
        Action<BatchSimulation> prepare)
    {
        using var batch = new BatchSimulation(model, EnvCount, new BatchOptions
        {
            Backend = backend,
            Compilation = compilation,
            ThreadCount = 1,
            OnFault = FaultPolicy.Continue,
        });
        prepare(batch);
        var random = new CounterRandom(8, 3);
        double[] control = new double[EnvCount * batch.Width(BatchField.Control)];
        double[] velocity = new double[EnvCount * batch.Width(BatchField.Velocity)];
        ulong drawn = 0;
        for (int i = 0; i < velocity.Length; i++)
        {
            velocity[i] = (2 * random.Unit(drawn++)) - 1;
        }

        batch.Write(BatchField.Velocity, velocity);
        for (int action = 0; action < Actions; action++)
        {
            for (int i = 0; i < control.Length; i++)
            {
                control[i] = (4 * random.Unit(drawn++)) - 2;
            }

            batch.Write(BatchField.Control, control);
            batch.Step(10);
        }

        BatchField[] fields =
        [
            BatchField.Position, BatchField.Velocity, BatchField.Activation,
            BatchField.Warmstart, BatchField.Acceleration,
        ];
        return [.. fields.SelectMany(field =>
        {
            double[] values = new double[EnvCount * batch.Width(field)];
            batch.Read(field, values);
            return values;
        })];
    }
}
