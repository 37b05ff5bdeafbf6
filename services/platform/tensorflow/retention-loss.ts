import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean loss of a batch of raw heads (columns of `modelOutputs`) against targets (columns of `targetColumns`):
 * cross-entropy of each churn step, counted only where the step before was silent; log-normal negative log likelihood
 * of the spend where there was one (zero-inflated log-normal, Wang, Liu & Miao 2019); half a Poisson negative log
 * likelihood of the purchase days; a quarter of one of the spend, as a share of the mean spend, which makes its head
 * right in sum. Terms that do not depend on the net are left out.
 */
export function retentionLoss(heads: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const [churn30, churn60, churn90, mu, rawSigma, logRate, logShare] = tf.unstack(heads, 1) as tf.Tensor1D[];
    const [silent30, silent60, silent90, logSpend, purchaseDays, spendShare] = tf.unstack(targets, 1) as tf.Tensor1D[];
    const terms = [
      crossEntropy(churn30, silent30),
      tf.mul(silent30, crossEntropy(churn60, silent60)),
      tf.mul(silent60, crossEntropy(churn90, silent90)),
      tf.mul(tf.sub(1, silent90), logNormalLoss(mu, rawSigma, logSpend)),
      tf.mul(0.5, poissonLoss(logRate, purchaseDays)),
      tf.mul(0.25, poissonLoss(logShare, spendShare)),
    ];
    return tf.mean<tf.Scalar>(tf.addN(terms));
  });
}

/** -[y ln p + (1 - y) ln(1 - p)] from the logit, without overflow. */
function crossEntropy(logit: tf.Tensor1D, y: tf.Tensor1D): tf.Tensor1D {
  return tf.sub(tf.softplus(logit), tf.mul(y, logit));
}

/** From the log of the expected value; y need not be whole (quasi-likelihood). */
function poissonLoss(logMean: tf.Tensor1D, y: tf.Tensor1D): tf.Tensor1D {
  return tf.sub(tf.exp(logMean), tf.mul(y, logMean));
}

function logNormalLoss(mu: tf.Tensor1D, rawSigma: tf.Tensor1D, logSpend: tf.Tensor1D): tf.Tensor1D {
  // a floor keeps a customer who always spends the same from driving sigma to 0
  const sigma = tf.add(tf.softplus(rawSigma), 1e-3);
  const z = tf.div(tf.sub(logSpend, mu), sigma);
  return tf.add(tf.log(sigma), tf.mul(0.5, tf.square(z)));
}
