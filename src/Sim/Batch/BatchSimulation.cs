using HilRig.Core.Errors;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Batch;

/// <summary>
/// Many envs of one model stepped together, on the lanes and threads of this processor or on a
/// device. Rows are envs, in their order. The bits of an env do not depend on the other envs, on
/// their number or order, nor on threads. One caller at a time. After construction nothing
/// allocates but a first write of a parameter, the step after it (where the step is compiled),
/// saving and loading. SI units.
/// </summary>
public sealed class BatchSimulation : IDisposable
{
    private readonly IBatchBackend _backend;
    private readonly FaultPolicy _onFault;
    private readonly Layout _layout;
    private readonly EnvStatus[] _status;
    private readonly EnvStatus[] _news;
    private readonly double[] _time;
    private readonly int[] _oneEnv = new int[1];
    private readonly BatchContents _contents;
    private readonly double[] _initial;
    private readonly double[] _row;

    /// <summary>Makes envs at the reset state, controls and applied forces 0.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <param name="options">How it is computed, or null.</param>
    /// <exception cref="ModelException">
    /// The machine lacks the back end, or an option is wrong.
    /// </exception>
    public BatchSimulation(Model model, int envCount, BatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new BatchOptions();
        options.Validate(envCount);
        Model = model;
        _onFault = options.OnFault;
        var packed = new PackedModel(model);
        _layout = packed.At;
        Slots = new ResidentSlots(_layout);
        _initial = InitialRow.Of(model, _layout, Slots, options.Keyframe);
        _row = new double[_initial.Length];
        _status = new EnvStatus[envCount];
        _news = new EnvStatus[envCount];
        _time = new double[envCount];
        DrawCounts = new ulong[envCount];
        _backend = BatchBackends.Create(packed, envCount, options);
        Parameters = new BatchParameters(model, _layout, _backend);
        _contents = new BatchContents(
            packed, Slots, _backend, Parameters, _time, DrawCounts, _status);
        Reset();
    }

    /// <summary>The robot.</summary>
    public Model Model { get; }

    /// <summary>Number of envs.</summary>
    public int EnvCount => _backend.EnvCount;

    /// <summary>What computes, e.g. "simd L16".</summary>
    public string BackendName => _backend.Name;

    /// <summary>Number of threads that step.</summary>
    public int ThreadCount => _backend.ThreadCount;

    /// <summary>Bytes held for all envs between steps, this object's own included.</summary>
    public long ResidentBytes => _backend.ResidentBytes
        + ((long)EnvCount * ((2 * sizeof(EnvStatus)) + sizeof(double) + sizeof(ulong)));

    /// <summary>Bytes of workspace and shared constants.</summary>
    public long WorkspaceBytes => _backend.WorkspaceBytes;

    /// <summary>Physical parameters, one number an env where they were set.</summary>
    public BatchParameters Parameters { get; }

    /// <summary>What has happened to each env since its last reset. Shape [env].</summary>
    public ReadOnlySpan<EnvStatus> Status => _status;

    /// <summary>Simulated time of each env since its reset, s. Shape [env].</summary>
    public ReadOnlySpan<double> Time => _time;

    /// <summary>What has gone wrong since the batch began.</summary>
    public BatchCounters Counters { get; private set; }

    /// <summary>Random numbers drawn for each env so far; saved with it. Shape [env].</summary>
    internal ulong[] DrawCounts { get; }

    /// <summary>What stays between steps.</summary>
    internal ResidentSlots Slots { get; }

    /// <summary>Numbers of one env in a field.</summary>
    /// <param name="field">The field.</param>
    public int Width(BatchField field) => Place(field).Count;

    /// <summary>Reads a field of all envs. Shape [env, width].</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">Receives the numbers.</param>
    public void Read(BatchField field, Span<double> values)
    {
        (int slot, int count) = Place(field);
        if (count > 0)
        {
            _backend.Read(slot, count, values);
        }
    }

    /// <inheritdoc cref="Read(BatchField, Span{double})"/>
    public void Read(BatchField field, Span<float> values)
    {
        (int slot, int count) = Place(field);
        if (count > 0)
        {
            _backend.Read(slot, count, values);
        }
    }

    /// <summary>Reads a field of one env. Shape [width].</summary>
    /// <param name="field">The field.</param>
    /// <param name="env">The env.</param>
    /// <param name="values">Receives the numbers.</param>
    public void Read(BatchField field, int env, Span<double> values)
    {
        (int slot, int count) = Place(field);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        if (count > 0)
        {
            _backend.ReadEnv(env, slot, values);
        }
    }

    /// <summary>Writes a field of all envs. Shape [env, width].</summary>
    /// <param name="field">State or input.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">The field is a result.</exception>
    public void Write(BatchField field, ReadOnlySpan<double> values)
    {
        (int slot, int count) = PlaceToWrite(field);
        if (count > 0)
        {
            _backend.Write(slot, count, values);
        }
    }

    /// <inheritdoc cref="Write(BatchField, ReadOnlySpan{double})"/>
    public void Write(BatchField field, ReadOnlySpan<float> values)
    {
        (int slot, int count) = PlaceToWrite(field);
        if (count > 0)
        {
            _backend.Write(slot, count, values);
        }
    }

    /// <summary>Writes a field of one env. Shape [width].</summary>
    /// <param name="field">State or input.</param>
    /// <param name="env">The env.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">The field is a result.</exception>
    public void Write(BatchField field, int env, ReadOnlySpan<double> values)
    {
        (int slot, int count) = PlaceToWrite(field);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        if (count > 0)
        {
            _oneEnv[0] = env;
            _backend.WriteEnvs(_oneEnv, slot, values);
        }
    }

    /// <summary>Takes steps of the model's time step under the controls as they are.</summary>
    /// <param name="steps">How many; several in one call are cheaper.</param>
    /// <returns>All that happened in this call to any env, under a policy that goes on.</returns>
    /// <exception cref="ModelException">
    /// An env went wrong, and the policy is <see cref="FaultPolicy.Throw"/>.
    /// </exception>
    public EnvStatus Step(int steps = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _backend.Step(steps);
        double span = steps * Model.Options.TimeStep;
        for (int env = 0; env < _time.Length; env++)
        {
            _time[env] += span;
        }

        Array.Clear(_news);
        _backend.TakeStatus(_news);
        EnvStatus all = EnvStatus.Ok;
        for (int env = 0; env < _news.Length; env++)
        {
            all |= _news[env];
        }

        if (all != EnvStatus.Ok)
        {
            Judge(all);
        }

        return all;
    }

    /// <summary>Puts every env back to the reset state.</summary>
    public void Reset()
    {
        Span<int> envs = stackalloc int[256];
        for (int first = 0; first < EnvCount; first += envs.Length)
        {
            int count = Math.Min(envs.Length, EnvCount - first);
            for (int k = 0; k < count; k++)
            {
                envs[k] = first + k;
            }

            Reset(envs[..count]);
        }
    }

    /// <summary>
    /// Puts envs back to the reset state: inputs too, status good, time 0. Parameters stay.
    /// </summary>
    /// <param name="envs">The envs.</param>
    public void Reset(ReadOnlySpan<int> envs)
    {
        Put(envs, _initial, 0, EnvStatus.Ok);
    }

    /// <summary>Gives some envs the state, inputs, time and status of another.</summary>
    /// <param name="env">The env to copy.</param>
    /// <param name="into">The envs that receive it. Parameters stay their own.</param>
    public void Fork(int env, ReadOnlySpan<int> into)
    {
        _backend.ReadEnv(env, Slots.First, _row);
        Put(into, _row, _time[env], _status[env]);
    }

    /// <summary>
    /// Writes everything that the next steps depend on: state, inputs, time, status, parameters,
    /// random draws. A batch that loads it goes on with the same bits.
    /// </summary>
    /// <param name="stream">Receives the bytes.</param>
    public void Save(Stream stream) => BatchBlob.Save(_contents, stream);

    /// <summary>Takes what was saved; nothing changes unless all of it is good.</summary>
    /// <param name="stream">Gives the bytes, and ends with them.</param>
    /// <exception cref="ModelException">
    /// Damaged, or of another version, model, precision or number of envs.
    /// </exception>
    public void Load(Stream stream) => BatchBlob.Load(_contents, stream);

    /// <summary>
    /// Runs an action on each stepping thread with the number of the thread, e.g. to bind it to a
    /// processor or to read its clock.
    /// </summary>
    /// <param name="action">The action.</param>
    public void OnEachThread(Action<int> action) => _backend.OnEachThread(action);

    /// <summary>Ends threads and gives memory back.</summary>
    public void Dispose() => _backend.Dispose();

    private void Put(
        ReadOnlySpan<int> envs, ReadOnlySpan<double> row, double time, EnvStatus status)
    {
        _backend.WriteEnvs(envs, Slots.First, row);
        foreach (int env in envs)
        {
            _time[env] = time;
            _status[env] = status;
        }
    }

    private void Judge(EnvStatus all)
    {
        long unconverged = 0;
        long overflow = 0;
        long notFinite = 0;
        long reset = 0;
        for (int env = 0; env < _news.Length; env++)
        {
            EnvStatus news = _news[env];
            _status[env] |= news;
            unconverged += news.HasFlag(EnvStatus.Unconverged) ? 1 : 0;
            overflow += news.HasFlag(EnvStatus.ContactOverflow) ? 1 : 0;
            notFinite += news.HasFlag(EnvStatus.NotFinite) ? 1 : 0;
            if (news.HasFlag(EnvStatus.NotFinite) && _onFault == FaultPolicy.Reset)
            {
                _oneEnv[0] = env;
                Reset(_oneEnv);
                reset++;
            }
        }

        Counters = new BatchCounters(
            Counters.Unconverged + unconverged,
            Counters.ContactOverflow + overflow,
            Counters.NotFinite + notFinite,
            Counters.Reset + reset);
        if (_onFault == FaultPolicy.Throw)
        {
            throw Fault(all);
        }
    }

    private ModelException Fault(EnvStatus all)
    {
        int first = Array.FindIndex(_news, news => news != EnvStatus.Ok);
        int count = _news.Count(news => news != EnvStatus.Ok);
        return new ModelException(
            "the step went wrong",
            $"env {first} of {EnvCount}",
            "every env finite, converged and with all its contacts",
            $"{all} in {count} env(s)",
            "shorten the time step, look at the controls, or choose the policy Continue or Reset");
    }

    private (int Slot, int Count) Place(BatchField field) => field switch
    {
        BatchField.Position => (_layout.Position, _layout.PositionCount),
        BatchField.Velocity => (_layout.Velocity, _layout.DofCount),
        BatchField.Control => (_layout.Control, _layout.ActuatorCount),
        BatchField.AppliedForce => (_layout.Applied, _layout.DofCount),
        BatchField.Acceleration => (_layout.Acceleration, _layout.DofCount),
        BatchField.Activation => (_layout.Activation, _layout.ActivationCount),
        BatchField.Warmstart => (_layout.Warmstart, _layout.DofCount),
    };

    private (int Slot, int Count) PlaceToWrite(BatchField field) =>
        field == BatchField.Acceleration
            ? throw new ArgumentException("an acceleration is a result", nameof(field))
            : Place(field);
}
