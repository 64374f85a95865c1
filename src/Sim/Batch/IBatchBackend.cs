namespace HilRig.Sim.Batch;

/// <summary>
/// Many envs of one model on one device, stepped together. Slots are those of
/// <see cref="Dynamics.Layout"/>; which of them stay between steps says
/// <see cref="ResidentSlots"/>, and only those can be read or written; a count runs on in the
/// order of its row. A block of values has shape [env, count]. One caller at a time. After
/// construction, only a first write of a constant allocates.
/// </summary>
internal interface IBatchBackend : IDisposable
{
    /// <summary>What computes, e.g. "simd L16".</summary>
    string Name { get; }

    /// <summary>Bytes of a number: 4 or 8.</summary>
    int NumberBytes { get; }

    /// <summary>Number of envs.</summary>
    int EnvCount { get; }

    /// <summary>Number of stepping threads; 1 on a device.</summary>
    int ThreadCount { get; }

    /// <summary>Bytes held for all envs between steps.</summary>
    long ResidentBytes { get; }

    /// <summary>Bytes of workspace, which do not grow with the number of envs on a CPU.</summary>
    long WorkspaceBytes { get; }

    /// <summary>Reads resident slots of all envs. Shape [env, count].</summary>
    void Read(int slot, int count, Span<double> values);

    /// <summary>Reads resident slots of all envs. Shape [env, count].</summary>
    void Read(int slot, int count, Span<float> values);

    /// <summary>Writes resident slots of all envs. Shape [env, count].</summary>
    void Write(int slot, int count, ReadOnlySpan<double> values);

    /// <summary>Writes resident slots of all envs. Shape [env, count].</summary>
    void Write(int slot, int count, ReadOnlySpan<float> values);

    /// <summary>Reads resident slots of one env. Shape [count].</summary>
    void ReadEnv(int env, int slot, Span<double> values);

    /// <summary>Writes resident slots of some envs, the same for each. Shape [count].</summary>
    void WriteEnvs(ReadOnlySpan<int> envs, int slot, ReadOnlySpan<double> values);

    /// <summary>
    /// Sets a constant of all envs, which is one number an env from then on. Derived constants are
    /// computed anew before the next step. Shape [env].
    /// </summary>
    void WriteConstant(int slot, ReadOnlySpan<double> values);

    /// <summary>Sets a constant of one env, as for all envs.</summary>
    void WriteConstant(int slot, int env, double value);

    /// <summary>Gives every env the model's constants again.</summary>
    void ForgetConstants();

    /// <summary>Reads a constant of all envs as the last step used it. Shape [env].</summary>
    void ReadConstant(int slot, Span<double> values);

    /// <summary>Runs an action on each stepping thread with the number of the thread.</summary>
    void OnEachThread(Action<int> action);

    /// <summary>Takes steps of the model's time step under the controls as they are.</summary>
    void Step(int steps);

    /// <summary>
    /// Adds to the status words what happened since the last call, and forgets it. Shape [env].
    /// </summary>
    void TakeStatus(Span<EnvStatus> status);
}
