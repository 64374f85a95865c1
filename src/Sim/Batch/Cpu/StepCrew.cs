namespace HilRig.Sim.Batch.Cpu;

/// <summary>
/// A fixed number of threads that do one job together: the caller is the first of them. Which part
/// a thread does depends on its number alone, so results do not depend on timing. Waiting threads
/// sleep. Nothing is allocated a job.
/// </summary>
internal sealed class StepCrew : IDisposable
{
    private readonly SemaphoreSlim[] _begin;
    private readonly SemaphoreSlim _done = new(0);
    private readonly Thread[] _threads;
    private readonly Exception?[] _faults;
    private Action<int>? _job;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many, the caller included; at least 1.</param>
    public StepCrew(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _begin = new SemaphoreSlim[count - 1];
        _threads = new Thread[count - 1];
        _faults = new Exception?[count];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            _begin[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Work(number))
            {
                IsBackground = true,
                Name = $"HilRig batch {number}",
            };
            _threads[i].Start();
        }
    }

    /// <summary>Number of threads, the caller included.</summary>
    public int Count { get; }

    /// <summary>Does a job on every thread and waits for all.</summary>
    /// <param name="job">Is given the number of its thread, 0 to count - 1.</param>
    public void Run(Action<int> job)
    {
        _job = job;
        foreach (SemaphoreSlim begin in _begin)
        {
            begin.Release();
        }

        Do(0);
        for (int i = 0; i < _threads.Length; i++)
        {
            _done.Wait();
        }

        for (int i = 0; i < _faults.Length; i++)
        {
            if (_faults[i] is { } fault)
            {
                Array.Clear(_faults);
                throw new InvalidOperationException($"batch thread {i} failed", fault);
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _job = null;
        for (int i = 0; i < _threads.Length; i++)
        {
            _begin[i].Release();
            _threads[i].Join();
            _begin[i].Dispose();
        }

        _done.Dispose();
    }

    private void Work(int number)
    {
        while (true)
        {
            _begin[number - 1].Wait();
            if (_job is null)
            {
                return;
            }

            Do(number);
            _done.Release();
        }
    }

    // A fault on another thread would end the process; it is thrown again on the caller's.
    private void Do(int number)
    {
        try
        {
            _job!(number);
        }
#pragma warning disable CA1031 // Passed on by Run.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _faults[number] = fault;
        }
    }
}
