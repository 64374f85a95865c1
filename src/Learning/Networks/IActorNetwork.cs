using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// A deterministic policy: hidden layers of linear, dropout and ReLU, then a linear layer and tanh.
/// Actor and imitation policy are both of this kind.
/// </summary>
internal interface IActorNetwork : IDisposable
{
    /// <summary>Where each layer lies.</summary>
    NetworkLayout Layout { get; }

    /// <summary>Computes actions, of which no gradient is asked.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="features">Shape [row, feature].</param>
    /// <param name="masks">
    /// Dropout of each hidden layer, 0 or 1/(1 − rate), each of shape [row, hidden]; null for none.
    /// </param>
    /// <returns>Each in (−1, 1). Shape [row, action]; in the caller's dispose scope.</returns>
    Tensor Evaluate(FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks);

    /// <summary>Computes actions and keeps what the gradient needs.</summary>
    /// <param name="weights">The weights; not changed until the gradient is taken.</param>
    /// <param name="features">Shape [row, feature].</param>
    /// <param name="masks">As for <see cref="Evaluate"/>.</param>
    /// <returns>Shape [row, action]; valid until the next call.</returns>
    Tensor Run(FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks);

    /// <summary>Gradient of the weights of the last <see cref="Run"/>.</summary>
    /// <param name="slope">d loss / d action. Shape [row, action].</param>
    /// <returns>Shape [parameter]; valid until the next call.</returns>
    Tensor WeightGradient(Tensor slope);
}
